import { getCompany, listContracts } from '../../src/companies/company.queries.ts';
import type { Contract } from '../../src/contracts/contract.entity.ts';
import { createContract } from '../../src/contracts/create-contract.ts';
import { endContract } from '../../src/contracts/end-contract.ts';
import type { Command, Option } from './command.ts';

const company = { describe: 'code of the company', value: 'CODE', required: true };

const bankAccount: Readonly<Record<string, Option>> = {
  'bank-code': { describe: 'bank, 4 digits', value: 'NNNN', required: true },
  'bank-name': { describe: 'its name', value: 'NAME', required: true },
  'branch-code': { describe: 'branch, 3 digits', value: 'NNN', required: true },
  'branch-name': { describe: 'its name', value: 'NAME', required: true },
  'account-type': { describe: 'ordinary, current, savings or other', value: 'TYPE', default: 'ordinary' },
  'account-number': { describe: 'account, 7 digits', value: 'NNNNNNN', required: true },
  'account-holder': { describe: 'payee as the bank knows it, in kana', value: 'NAME', required: true },
};

export const contractCommands: readonly Command[] = [
  {
    noun: 'contract',
    verb: 'create',
    summary: 'conclude a contract with a company, for whole months',
    changes: true,
    options: {
      company,
      tariff: { describe: 'code of the tariff', value: 'CODE', required: true, field: 'tariffCode' },
      'valid-from': { describe: 'first day, the first of a month', value: 'YYYY-MM-01', required: true },
      'valid-to': { describe: 'first day it holds no more; open-ended without', value: 'YYYY-MM-01' },
      'legal-model': { describe: 'agency (recourse) or assignment', value: 'MODEL', default: 'agency' },
      'per-charge-max': {
        describe: 'highest single amount, tax included',
        value: 'YEN',
        default: '10000',
        field: 'perChargeMaxMinor',
      },
      'late-charges': { describe: 'accept (next period) or refuse', value: 'RULE', default: 'accept' },
      'authorization-days': { describe: 'days until an authorization expires', value: 'DAYS', default: '7' },
      'payout-months': {
        describe: 'payout this many months after the period',
        value: 'MONTHS',
        default: '2',
      },
      'payout-day': { describe: 'day of that month, 31 is its end', value: 'DAY', default: '31' },
      'payout-bank-day': { describe: 'previous or next bank day', value: 'SIDE', default: 'previous' },
      ...bankAccount,
    },
    example:
      '--company shinonome --tariff flets-2011 --valid-from 2026-04-01 --bank-code 9999 --bank-name ミホン --branch-code 001 --branch-name ホンテン --account-number 1234567 --account-holder "カ）シノノメ"',
    run: async (deps, given, { actor }) => {
      const contract = await createContract(deps, {
        companyCode: given.text('company'),
        tariffCode: given.text('tariff'),
        validFrom: given.text('valid-from'),
        validTo: given.optional('valid-to'),
        legalModel: given.word('legal-model', ['agency', 'assignment']),
        perChargeMaxMinor: given.amount('per-charge-max'),
        lateCharges: given.word('late-charges', ['accept', 'refuse']),
        authorizationDays: given.whole('authorization-days'),
        payoutMonths: given.whole('payout-months'),
        payoutDay: given.whole('payout-day'),
        payoutBankDay: given.word('payout-bank-day', ['previous', 'next']),
        bankCode: given.text('bank-code'),
        bankName: given.text('bank-name'),
        branchCode: given.text('branch-code'),
        branchName: given.text('branch-name'),
        accountType: given.word('account-type', ['ordinary', 'current', 'savings', 'other']),
        accountNumber: given.text('account-number'),
        accountHolder: given.text('account-holder'),
        actor,
      });
      return { item: present(contract) };
    },
  },
  {
    noun: 'contract',
    verb: 'list',
    summary: 'list the contracts of a company',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: async (deps, given) => {
      const { id } = await getCompany(deps, given.text('company'));
      return { list: (await listContracts(deps, id)).map(present) };
    },
  },
  {
    noun: 'contract',
    verb: 'end',
    summary: 'set the day on which a contract ends',
    changes: true,
    options: {
      company,
      'valid-from': { describe: 'which contract: its first day', value: 'YYYY-MM-01', required: true },
      'valid-to': { describe: 'first day it holds no more', value: 'YYYY-MM-01', required: true },
    },
    example: '--company shinonome --valid-from 2026-04-01 --valid-to 2027-04-01',
    run: async (deps, given, { actor }) => {
      const [validFrom, validTo] = [given.text('valid-from'), given.text('valid-to')];
      const ended = await endContract(deps, {
        companyCode: given.text('company'),
        validFrom,
        validTo,
        actor,
      });
      return { item: present(ended) };
    },
  },
];

function present(contract: Contract): object {
  const { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges } = contract;
  const payout = `+${contract.payoutMonths} months, day ${contract.payoutDay}, ${contract.payoutBankDay} bank day`;
  const account = `${contract.bankCode}-${contract.branchCode} ${contract.accountType} ${contract.accountNumber}`;
  return { validFrom, validTo, tariffCode, legalModel, perChargeMaxMinor, lateCharges, payout, account };
}
