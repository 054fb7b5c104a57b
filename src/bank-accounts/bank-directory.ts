import type { Deps } from '../deps.ts';
import { toBankCharacters } from '../shared/bank-characters.rules.ts';
import { invalidInput } from '../shared/check-input.ts';

/** A bank or a branch of the directory, by its code. */
interface ListedBranch {
  readonly kana: string;
}

interface ListedBank extends ListedBranch {
  readonly branches: Readonly<Record<string, ListedBranch>>;
}

interface BranchCodes {
  readonly bankCode: string;
  readonly branchCode: string;
}

/** The names of a bank and a branch as a payout file carries them. */
export interface BankNames {
  readonly bankName: string;
  readonly branchName: string;
}

let directory: Promise<Readonly<Record<string, ListedBank>>> | undefined;

/** Loaded when it is first needed: it has 30,000 names, and most processes never look at one. */
function openDirectory(): Promise<Readonly<Record<string, ListedBank>>> {
  directory ??= import('zengin-code').then((module) => module.default);
  return directory;
}

/**
 * Refuses a bank or a branch that the directory of Japanese banks does not list, unless the bank's code is in `UNLISTED_BANKS`.
 * The directory knows banks and branches, not accounts.
 * @throws Problem `invalid-request` naming the field
 */
export async function checkBankIsListed(
  { payouts }: Pick<Deps['config'], 'payouts'>,
  { bankCode, branchCode }: BranchCodes,
): Promise<void> {
  if (payouts.unlistedBanks.includes(bankCode)) return;
  const bank = findBank(await openDirectory(), bankCode);
  if (bank === undefined) throw unlisted('bankCode', `${bankCode} is no bank of the directory`);
  if (!Object.hasOwn(bank.branches, branchCode)) {
    throw unlisted('branchCode', `${branchCode} is no branch of bank ${bankCode} in the directory`);
  }
}

/** The names of a branch by the directory, in half-width kana; undefined for one that it does not list. */
export async function findBankNames({ bankCode, branchCode }: BranchCodes): Promise<BankNames | undefined> {
  const bank = findBank(await openDirectory(), bankCode);
  const branch = bank && Object.hasOwn(bank.branches, branchCode) ? bank.branches[branchCode] : undefined;
  if (bank === undefined || branch === undefined) return undefined;
  return { bankName: nameInFile(bank), branchName: nameInFile(branch) };
}

function findBank(banks: Readonly<Record<string, ListedBank>>, code: string): ListedBank | undefined {
  return Object.hasOwn(banks, code) ? banks[code] : undefined;
}

/** A payout file has neither blanks nor points in the names of banks and branches. */
function nameInFile({ kana }: ListedBranch): string {
  const converted = toBankCharacters(kana.replaceAll(/[\s．.]/gu, ''), 'bank');
  if ('fault' in converted) throw new Error(`${kana} of the directory ${converted.fault}`);
  return converted.text;
}

function unlisted(field: keyof BranchCodes, fault: string) {
  return invalidInput([{ pointer: `/${field}`, message: `is not known: ${fault}` }]);
}
