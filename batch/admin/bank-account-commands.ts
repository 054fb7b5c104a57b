import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import { accountTermsOf } from '../../src/bank-accounts/bank-account.rules.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import type { Actor } from '../../src/access/actor.ts';
import { getCompany } from '../../src/companies/company.queries.ts';
import type { Deps } from '../../src/deps.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command, type ListResult } from '../cli/command.ts';
import { oneOf, required, text, withDefault } from '../cli/options.ts';
import { describePending, propose, reason } from './propose.ts';

const company = required(text('CODE'), 'code of the company', { field: 'companyCode' });

/** What a bank account is made of. */
export const accountOptions = {
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
      propose(deps, actor, bankAccountApproval, { input: { companyCode, ...options }, reason: why }),
  }),
  defineCommand({
    name: 'bank-account enter',
    summary: 'enter the first bank account of a company; further ones are proposed',
    changes: true,
    options: { company, ...accountOptions },
    example,
    run: async (deps, { company: companyCode, ...options }, { actor }) => {
      await enterFirstAccount(deps, actor, { companyCode, ...options });
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
      ...accountTermsOf(account),
      since: createdAt,
      approval: approvalId ? publicId('approval', approvalId) : null,
    })),
    none: `${companyCode} has no bank account yet: enter its first one with "bank-account enter".`,
    notes: await describePending(deps, companyCode),
  };
}
