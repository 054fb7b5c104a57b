import type { BankAccountTerms } from '../bank-accounts/bank-account.rules.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';

/** The account of a former holder: of a line, by the first day of the holding. */
export interface RefundAccountInput extends BankAccountTerms {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** @throws Problem `invalid-request` */
export const checkRefundAccount = compileInputCheck<RefundAccountInput>({
  lineId: { type: 'string' },
  holderFrom: inputFields.date,
  bankCode: inputFields.bankCode,
  bankName: inputFields.bankName,
  branchCode: inputFields.branchCode,
  branchName: inputFields.bankName,
  accountType: { enum: ['ordinary', 'current', 'savings', 'other'] },
  accountNumber: inputFields.accountNumber,
  accountHolder: inputFields.payeeName,
});
