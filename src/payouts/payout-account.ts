import { findBankNames } from '../bank-accounts/bank-directory.ts';
import { checkListedAccount } from '../bank-accounts/check-account.ts';
import {
  accountTermsOf,
  payeeInBankFile,
  type BankAccountTerms,
} from '../bank-accounts/bank-account.rules.ts';
import type { Deps } from '../deps.ts';
import { toBankCharacters } from '../shared/bank-characters.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { PayoutRow } from './payout.entity.ts';

/** An account as the payout file names it. */
export type PayoutAccount = Pick<
  PayoutRow,
  | 'bankCode'
  | 'bankName'
  | 'branchCode'
  | 'branchName'
  | 'accountType'
  | 'accountNumber'
  | 'payee'
  | 'iban'
  | 'bic'
>;

/**
 * An account with the names of the directory, or with those that were entered for a bank that it does not list; one in the euro area by
 * its IBAN. Returns what is wrong with an account that cannot be paid any more, such as one at a bank that has closed.
 */
export async function describeAccount(
  config: Pick<Deps['config'], 'currency' | 'payouts'>,
  account: BankAccountTerms,
): Promise<PayoutAccount | { readonly fault: string }> {
  const fault = await checkListedAccount(config, account).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Problem) return error.message;
      throw error;
    },
  );
  if (fault !== undefined) return { fault };
  return account.iban === '' ? describeJapanese(account) : describeEuro(account);
}

function describeEuro(account: BankAccountTerms): PayoutAccount {
  const { accountHolder: _holder, ...terms } = accountTermsOf(account);
  return { ...terms, payee: payeeInBankFile(account) };
}

async function describeJapanese(
  account: BankAccountTerms,
): Promise<PayoutAccount | { readonly fault: string }> {
  const { bankCode, branchCode, accountType, accountNumber } = account;
  const listed = await findBankNames(account);
  const names = {
    bankName: toBankCharacters(listed?.bankName ?? account.bankName, 'bank'),
    branchName: toBankCharacters(listed?.branchName ?? account.branchName, 'bank'),
    payee: toBankCharacters(account.accountHolder, 'payee'),
  };
  const [bankName, branchName, payee] = [names.bankName, names.branchName, names.payee];
  if ('fault' in bankName) return { fault: `the name of the bank ${bankName.fault}` };
  if ('fault' in branchName) return { fault: `the name of the branch ${branchName.fault}` };
  if ('fault' in payee) return { fault: `the account holder ${payee.fault}` };
  return {
    bankCode,
    bankName: bankName.text,
    branchCode,
    branchName: branchName.text,
    accountType,
    accountNumber,
    payee: payee.text,
    iban: '',
    bic: '',
  };
}
