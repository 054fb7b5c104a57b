import { getCompany, listContracts } from '../../src/companies/company.queries.ts';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { amount, oneOf, optional, required, text, wholeNumber, withDefault } from '../cli/options.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });
const anyNumber = { from: 0, to: 999_999 };

const bankAccount = {
  'bank-code': required(text('NNNN'), 'bank, 4 digits'),
  'bank-name': required(text('NAME'), 'its name'),
  'branch-code': required(text('NNN'), 'branch, 3 digits'),
  'branch-name': required(text('NAME'), 'its name'),
  'account-type': withDefault(
    oneOf('TYPE', ['ordinary', 'current', 'savings', 'other']),
    'ordinary',
    'ordinary, current, savings or other',
  ),
  'account-number': required(text('NNNNNNN'), 'account, 7 digits'),
  'account-holder': required(text('NAME'), 'payee as the bank knows it, in kana'),
};

export const contractCommands: readonly Command[] = [
  defineCommand({
    name: 'contract create',
    summary: 'conclude a contract with a company, for whole months',
    changes: true,
    options: {
      company,
      tariff: required(text('CODE'), 'code of the tariff', { field: 'tariffCode' }),
      'valid-from': required(text('YYYY-MM-01'), 'first day, the first of a month'),
      'valid-to': optional(text('YYYY-MM-01'), 'first day it holds no more; open-ended without'),
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
      ...bankAccount,
    },
    example:
      '--company shinonome --tariff flets-2012 --valid-from 2026-04-01 --bank-code 9999 --bank-name ミホン --branch-code 001 --branch-name ホンテン --account-number 1234567 --account-holder "カ）シノノメ"',
    run: async (deps, { company: companyCode, tariff, perChargeMax, ...options }, { actor }) => {
      const terms = { tariffCode: tariff, perChargeMaxMinor: perChargeMax, ...options };
      return presentOne(await createContract(deps, { companyCode, ...terms, actor }));
    },
  }),
  defineCommand({
    name: 'contract list',
    summary: 'list the contracts of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, options) => {
      const { id } = await getCompany(deps, options.company);
      const contracts = await listContracts(deps, id);
      return {
        list: contracts.map(present),
        shown: contracts.map(show),
        none: `${options.company} has no contract yet: conclude one with "contract create".`,
      };
    },
  }),
  defineCommand({
    name: 'contract end',
    summary: 'set the day on which a contract ends',
    changes: true,
    options: {
      company,
      'valid-from': required(text('YYYY-MM-01'), 'which contract: its first day'),
      'valid-to': required(text('YYYY-MM-01'), 'first day it holds no more'),
    },
    example: '--company shinonome --valid-from 2026-04-01 --valid-to 2027-04-01',
    run: async (deps, { company: companyCode, ...options }, { actor }) =>
      presentOne(await endContract(deps, { companyCode, ...options, actor })),
  }),
];

function presentOne(contract: Contract) {
  return { item: present(contract), shown: show(contract) };
}

function present(contract: Contract): object {
  const { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges } = contract;
  const { payoutMonths, payoutDay, payoutBankDay, authorizationDays } = contract;
  const { bankCode, branchCode, accountType, accountNumber, accountHolder } = contract;
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
    bankCode,
    branchCode,
    accountType,
    accountNumber,
    accountHolder,
  };
}

/** Payout and account in a cell each, so that a list fits a terminal. */
function show(contract: Contract): object {
  const { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges } = contract;
  const { payoutMonths, payoutDay, payoutBankDay, bankCode, branchCode, accountType, accountNumber } =
    contract;
  const day = payoutDay === 31 ? 'end' : `day ${payoutDay}`;
  const payout = `${day} of month +${payoutMonths}, ${payoutBankDay} bank day`;
  const account = `${bankCode}-${branchCode} ${accountType} ${accountNumber}`;
  return { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges, payout, account };
}
