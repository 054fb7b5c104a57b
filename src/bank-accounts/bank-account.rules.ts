import { toBankCharacters } from '../shared/bank-characters.rules.ts';
import { compactCode, formatIban } from '../shared/iban.rules.ts';
import { toSepaText } from '../shared/sepa-text.rules.ts';

export type AccountType = 'ordinary' | 'current' | 'savings' | 'other';

/**
 * An account as it is stored: at a Japanese bank, whose names are what a bank file can carry (`toBankCharacters`), or in the single
 * euro payments area. What the other kind has is empty.
 */
export interface BankAccountTerms {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: AccountType | '';
  readonly accountNumber: string;
  /** The payee as the bank knows it. */
  readonly accountHolder: string;
  /** In capitals, without blanks. */
  readonly iban: string;
  /** Also empty where the bank finds it by the IBAN. */
  readonly bic: string;
}

/** An account as it is entered: what its kind does not have may be left out. `checkAccount` says what has to be there. */
export type EnteredAccount = {
  readonly [K in keyof BankAccountTerms]?: BankAccountTerms[K] | undefined;
} & Pick<BankAccountTerms, 'accountHolder'>;

export type BankAccountInput = EnteredAccount & { readonly companyCode: string };

/** Longest name of an account holder: C30 of a Japanese file is converted from up to 60 letters; `Max70Text` of a euro one. */
export const MAX_HOLDER = { JPY: 60, EUR: 70 } as const;

/** The columns of an account, out of whatever else there is. */
export function accountTermsOf(of: EnteredAccount): BankAccountTerms {
  return {
    bankCode: of.bankCode ?? '',
    bankName: of.bankName ?? '',
    branchCode: of.branchCode ?? '',
    branchName: of.branchName ?? '',
    accountType: of.accountType ?? '',
    accountNumber: of.accountNumber ?? '',
    accountHolder: of.accountHolder,
    iban: of.iban ?? '',
    bic: of.bic ?? '',
  };
}

/** What an account has of its kind: fields of the other one are left out. The version of a Japanese account is that of earlier releases. */
export function ownTermsOf(of: EnteredAccount): EnteredAccount {
  const { iban, bic, ...japanese } = accountTermsOf(of);
  return iban === '' ? japanese : { iban, bic, accountHolder: japanese.accountHolder };
}

/** An account as people type it, with IBAN and BIC as they are stored. */
export function compactAccount<T extends EnteredAccount>(entered: T): T {
  const { iban, bic } = entered;
  return {
    ...entered,
    ...(iban !== undefined && { iban: compactCode(iban) }),
    ...(bic !== undefined && { bic: compactCode(bic) }),
  };
}

/** An account for who approves it: with the name that the bank will read, and an IBAN as it is printed on the payee's letter. */
export function shownAccount(account: EnteredAccount): object {
  const own = ownTermsOf(account);
  const payee = { payeeInBankFile: payeeInBankFile(account) };
  return own.iban === undefined ? { ...own, ...payee } : { ...own, iban: formatIban(own.iban), ...payee };
}

/** The payee's name as the bank file carries it: half-width kana, or letters of a euro transfer. */
export function payeeInBankFile({ accountHolder, iban = '' }: EnteredAccount): string {
  const converted =
    iban === '' ? toBankCharacters(accountHolder, 'payee') : toSepaText(accountHolder, MAX_HOLDER.EUR);
  if ('fault' in converted) throw new Error(`the payee ${converted.fault}`);
  return converted.text;
}
