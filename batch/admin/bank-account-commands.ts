import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import {
  compactAccount,
  ownTermsOf,
  type EnteredAccount,
} from '../../src/bank-accounts/bank-account.rules.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import type { Actor } from '../../src/access/actor.ts';
import { getCompany } from '../../src/companies/company.queries.ts';
import type { Deps } from '../../src/deps.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command, type ListResult } from '../cli/command.ts';
import { oneOf, optional, required, text, type ValuesOf } from '../cli/options.ts';
import { describePending, propose, reason } from './propose.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });

/** What a bank account is made of: codes and names in yen, an IBAN in euro. The use case says which of them the currency needs. */
export const accountOptions = {
  'bank-code': optional(text('NNNN'), 'yen: bank, 4 digits'),
  'bank-name': optional(text('NAME'), 'yen: its name'),
  'branch-code': optional(text('NNN'), 'yen: branch, 3 digits'),
  'branch-name': optional(text('NAME'), 'yen: its name'),
  'account-type': optional(
    oneOf('TYPE', ['ordinary', 'current', 'savings', 'other']),
    'yen: ordinary (which is the default), current, savings or other',
  ),
  'account-number': optional(text('NNNNNNN'), 'yen: account, 7 digits'),
  iban: optional(text('IBAN'), 'euro: the account, with or without blanks'),
  bic: optional(text('BIC'), 'euro: its bank; left out within the European Economic Area'),
  'account-holder': required(text('NAME'), 'payee as the bank knows it: in kana, or Latin letters in euro'),
};

/** The account that options name. */
export function accountOf(
  { config }: Pick<Deps, 'config'>,
  options: Omit<ValuesOf<typeof accountOptions>, never>,
): EnteredAccount {
  if (config.currency !== 'JPY') return compactAccount(options);
  return { ...options, accountType: options.accountType ?? 'ordinary' };
}

const example =
  '--company shinonome --bank-code 9999 --bank-name ミホン --branch-code 001 --branch-name ホンテン --account-number 1234567 --account-holder "カ）シノノメ"';

export const bankAccountCommands: readonly Command[] = [
  defineCommand({
    name: 'bank-account propose',
    summary: 'propose another bank account for a company; another person approves it',
    changes: true,
    options: { company, ...accountOptions, reason },
    example: `${example} --reason "letter of 1 March"`,
    run: (deps, { company: companyCode, reason: why, ...options }, { actor }) =>
      propose(deps, actor, bankAccountApproval, {
        input: { companyCode, ...accountOf(deps, options) },
        reason: why,
      }),
  }),
  defineCommand({
    name: 'bank-account enter',
    summary: 'enter the first bank account of a company; further ones are proposed',
    changes: true,
    options: { company, ...accountOptions },
    example,
    run: async (deps, { company: companyCode, ...options }, { actor }) => {
      await enterFirstAccount(deps, actor, { companyCode, ...accountOf(deps, options) });
      return listAccounts(deps, actor, companyCode);
    },
  }),
  defineCommand({
    name: 'bank-account list',
    summary: 'list the bank accounts of a company, the current one first',
    changes: false,
    options: { company },
    example: '--company shinonome',
    run: (deps, options, { actor }) => listAccounts(deps, actor, options.company),
  }),
];

async function listAccounts(deps: Deps, actor: Actor, companyCode: string): Promise<ListResult> {
  await getCompany(deps, actor, companyCode);
  const accounts = await listBankAccounts(deps, actor, companyCode);
  return {
    list: accounts.map(({ version, approvalId, createdAt, ...account }) => ({
      version,
      ...ownTermsOf(account),
      since: createdAt,
      approval: approvalId ? publicId('approval', approvalId) : null,
    })),
    none: `${companyCode} has no bank account yet: enter its first one with "bank-account enter".`,
    notes: await describePending(deps, companyCode),
  };
}
