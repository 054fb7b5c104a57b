import type { EnteredAccount } from '../bank-accounts/bank-account.rules.ts';
import { checkAccount } from '../bank-accounts/check-account.ts';
import type { Currency } from '../shared/money.ts';
import { compileInputCheck, inputFields } from '../shared/check-input.ts';

/** The account of a former holder: of a line, by the first day of the holding. */
export type RefundAccountInput = EnteredAccount & {
  readonly lineId: string;
  readonly holderFrom: string;
};

const checkTenure = compileInputCheck<RefundAccountInput>({
  lineId: { type: 'string' },
  holderFrom: inputFields.date,
});

/** @throws Problem `invalid-request` */
export function checkRefundAccount(config: { readonly currency: Currency }, input: RefundAccountInput): void {
  checkTenure(input);
  checkAccount(config, input);
}
