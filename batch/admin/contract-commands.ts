import { listContracts } from '../../src/companies/company.queries.ts';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import { contractApproval, contractEndApproval } from '../../src/contracts/contract-approvals.ts';
import { defaultTerms, type OptionalTerms } from '../../src/contracts/contract-input.rules.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { headingOf } from '../cli/format-cell.rules.ts';
import {
  amount,
  oneOf,
  optional,
  required,
  text,
  wholeNumber,
  withDefault,
  type ValuesOf,
} from '../cli/options.ts';
import { describePending, propose, reason } from './propose.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });
const anyNumber = { from: 0, to: 999_999 };

/** The terms of a contract, with the usual ones as defaults. */
const terms = {
  company,
  tariff: required(text('CODE'), 'code of the tariff', { field: 'tariffCode' }),
  'valid-from': required(text('YYYY-MM-01'), 'first day, the first of a month'),
  'valid-to': optional(
    text('YYYY-MM-01'),
    'first day on which it is no longer in force; open-ended without it',
  ),
  'legal-model': withDefault(
    oneOf('MODEL', ['agency', 'assignment']),
    'agency',
    'agency (recourse) or assignment',
  ),
  'per-charge-max': withDefault(amount, '10000', 'highest single amount, tax included', {
    field: 'perChargeMaxMinor',
  }),
  'late-charges': withDefault(
    oneOf('RULE', ['accept', 'refuse']),
    'accept',
    'accept (next period) or refuse',
  ),
  'authorization-days': withDefault(
    wholeNumber('DAYS', anyNumber),
    '7',
    'days until an authorization expires',
  ),
  'payout-months': withDefault(
    wholeNumber('MONTHS', anyNumber),
    '2',
    'payout this many months after the period',
  ),
  'payout-day': withDefault(wholeNumber('DAY', anyNumber), '31', 'day of that month, 31 is its end'),
  'payout-bank-day': withDefault(
    oneOf('SIDE', ['previous', 'next']),
    'previous',
    'previous or next bank day',
  ),
  'settlement-basis': withDefault(
    oneOf('BASIS', ['billed', 'collected']),
    'billed',
    'paid once a month is billed, or (agency alone) once it is collected',
  ),
  'fee-taxable': optional(
    oneOf('ANSWER', ['yes', 'no']),
    'tax on the fee: yes with agency, no with assignment unless agreed',
  ),
  'set-up-fee': withDefault(amount, '0', 'before tax, billed once with the first settlement', {
    field: 'setUpFeeMinor',
  }),
  'minimum-payout': withDefault(amount, '0', 'a smaller net is carried into the next month', {
    field: 'minimumPayoutMinor',
  }),
  'fee-bearer': withDefault(
    oneOf('WHO', ['carrier', 'company']),
    'carrier',
    'who bears the fee of the bank transfer',
  ),
  'transfer-fee': withDefault(amount, '0', 'that fee, tax included, where the company bears it', {
    field: 'transferFeeMinor',
  }),
  'refund-days': withDefault(wholeNumber('DAYS', anyNumber), '60', 'days in which a charge may be refunded'),
  'partial-refunds': withDefault(oneOf('ANSWER', ['yes', 'no']), 'yes', 'whether in part'),
  'signed-requests': withDefault(
    oneOf('ANSWER', ['yes', 'no']),
    'no',
    'whether the API takes signed requests of the company alone',
  ),
};

const example = '--company shinonome --tariff flets-2012 --valid-from 2026-04-01';

const end = {
  company,
  'valid-from': required(text('YYYY-MM-01'), 'which contract: its first day'),
  'valid-to': required(text('YYYY-MM-01'), 'first day on which it is no longer in force'),
};
const exampleOfEnd = '--company shinonome --valid-from 2026-04-01 --valid-to 2027-04-01';

export const contractCommands: readonly Command[] = [
  defineCommand({
    name: 'contract propose',
    summary: 'propose a contract with a company, for whole months; another person approves it',
    changes: true,
    options: { ...terms, reason },
    example: `${example} --reason "signed on 1 March"`,
    run: (deps, { reason: why, ...options }, { actor }) =>
      propose(deps, actor, contractApproval, { input: inputOf(options), reason: why }),
  }),
  defineCommand({
    name: 'contract propose-end',
    summary: 'propose the day on which a contract ends; another person approves it',
    changes: true,
    options: { ...end, reason },
    example: `${exampleOfEnd} --reason "terminated by the company"`,
    run: (deps, { company: companyCode, reason: why, ...options }, { actor }) =>
      propose(deps, actor, contractEndApproval, { input: { companyCode, ...options }, reason: why }),
  }),
  defineCommand({
    name: 'contract create',
    summary: 'create the first contract of a company; in production further ones are proposed',
    changes: true,
    options: terms,
    example,
    run: async (deps, options, { actor }) => presentOne(await createContract(deps, actor, inputOf(options))),
  }),
  defineCommand({
    name: 'contract list',
    summary: 'list the contracts of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options, { actor }) => {
      const contracts = await listContracts(deps, actor, options.company);
      return {
        list: contracts.map(present),
        shown: contracts.map(show),
        none: `${options.company} has no contract yet: conclude its first one with "contract create".`,
        notes: await describePending(deps, options.company),
      };
    },
  }),
  defineCommand({
    name: 'contract end',
    summary: 'end a contract, in development; in production its end is proposed',
    changes: true,
    options: end,
    example: exampleOfEnd,
    run: async (deps, { company: companyCode, ...options }, { actor }) =>
      presentOne(await endContract(deps, actor, { companyCode, ...options })),
  }),
];

function inputOf({ company: companyCode, tariff, perChargeMax, ...more }: ValuesOf<typeof terms>) {
  const { setUpFee, minimumPayout, transferFee, feeTaxable, partialRefunds, signedRequests, ...rest } = more;
  return {
    companyCode,
    tariffCode: tariff,
    perChargeMaxMinor: perChargeMax,
    setUpFeeMinor: setUpFee,
    minimumPayoutMinor: minimumPayout,
    transferFeeMinor: transferFee,
    partialRefunds: partialRefunds === 'yes',
    signedRequests: signedRequests === 'yes',
    ...(feeTaxable !== undefined && { feeTaxable: feeTaxable === 'yes' }),
    ...rest,
  };
}

function presentOne(contract: Contract) {
  return { item: present(contract), shown: show(contract) };
}

function present(contract: Contract): object {
  const { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges } = contract;
  const { payoutMonths, payoutDay, payoutBankDay, authorizationDays } = contract;
  return {
    validFrom,
    validTo,
    tariffCode,
    legalModel,
    perChargeMaxMinor,
    lateCharges,
    authorizationDays,
    payoutMonths,
    payoutDay,
    payoutBankDay,
    ...optionalTermsOf(contract),
  };
}

function optionalTermsOf(contract: Contract): OptionalTerms {
  const { settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor } = contract;
  const { feeBearer, transferFeeMinor, refundDays, partialRefunds, signedRequests } = contract;
  const settling = { settlementBasis, feeTaxable, setUpFeeMinor, minimumPayoutMinor };
  return { ...settling, feeBearer, transferFeeMinor, refundDays, partialRefunds, signedRequests };
}

/** The terms that differ from the usual ones, a word or two each. */
function describeTerms(contract: Contract): string[] {
  const usual = defaultTerms(contract.legalModel);
  const terms = optionalTermsOf(contract);
  const fields = Object.keys(usual) as (keyof OptionalTerms)[];
  return fields
    .filter((field) => terms[field] !== usual[field])
    .map((field) => `${headingOf(field)}: ${String(terms[field])}`);
}

/** The payout in one cell, so that a list fits a terminal. */
function show(contract: Contract): object {
  const { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges } = contract;
  const { payoutMonths, payoutDay, payoutBankDay } = contract;
  const day = payoutDay === 31 ? 'end' : `day ${payoutDay}`;
  const payout = `${day} of month +${payoutMonths}, ${payoutBankDay} bank day`;
  const otherTerms = describeTerms(contract);
  return { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges, payout, otherTerms };
}
