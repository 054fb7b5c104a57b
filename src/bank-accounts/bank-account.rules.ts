import { toBankCharacters } from '../shared/bank-characters.rules.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';

/** Names are what a bank file can carry (`toBankCharacters`). */
export interface BankAccountTerms {
  readonly bankCode: string;
  readonly bankName: string;
  readonly branchCode: string;
  readonly branchName: string;
  readonly accountType: 'ordinary' | 'current' | 'savings' | 'other';
  readonly accountNumber: string;
  /** The payee as the bank knows it. */
  readonly accountHolder: string;
}

export interface BankAccountInput extends BankAccountTerms {
  readonly companyCode: string;
}

/** @throws Problem `invalid-request` */
export const checkBankAccount = compileInputCheck<BankAccountInput>({
  companyCode: { type: 'string' },
  bankCode: inputFields.bankCode,
  bankName: inputFields.bankName,
  branchCode: inputFields.branchCode,
  branchName: inputFields.bankName,
  accountType: { enum: ['ordinary', 'current', 'savings', 'other'] },
  accountNumber: inputFields.accountNumber,
  accountHolder: inputFields.payeeName,
});

/** The columns of an account, out of whatever else there is. */
export function accountTermsOf(of: BankAccountTerms): BankAccountTerms {
  const { bankCode, bankName, branchCode, branchName, accountType, accountNumber, accountHolder } = of;
  return { bankCode, bankName, branchCode, branchName, accountType, accountNumber, accountHolder };
}

/** The payee's name as the bank file carries it: half-width kana. */
export function payeeInBankFile({ accountHolder }: BankAccountTerms): string {
  const converted = toBankCharacters(accountHolder, 'payee');
  if ('fault' in converted) throw new Error(`the payee ${converted.fault}`);
  return converted.text;
}
