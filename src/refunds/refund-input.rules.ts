import { compileInputCheck } from '../shared/check-input.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import { refundReasonCodes, type RefundReason } from './refund-reason.rules.ts';

/** What a refund is made of, whichever door it comes through. */
export interface RefundInput {
  readonly chargeId: string;
  /** At most what is left, which is the default. */
  readonly amountMinor?: bigint | undefined;
  readonly reason: RefundReason;
  /** For the record; a company's own is shown to the company. */
  readonly note?: string | undefined;
  /** The refunder's own, such as the number of a return. */
  readonly reference?: string | undefined;
}

const check = compileInputCheck<Pick<RefundInput, 'reason'>>({ reason: { enum: refundReasonCodes } });
const checkNote = compileInputCheck<{ readonly note: string }>({ note: readableText(200) });
const checkReference = compileInputCheck<{ readonly reference: string }>({ reference: readableText(64) });
const checkAmount = compileInputCheck<{ readonly amount: number }>({
  amount: { type: 'integer', minimum: 1, maximum: 9_999_999_999 },
});

/** @throws Problem `invalid-request` */
export function checkRefund({ amountMinor, reason, note, reference }: RefundInput): void {
  check({ reason });
  if (amountMinor !== undefined) checkAmount({ amount: Number(amountMinor) });
  if (note !== undefined) checkNote({ note });
  if (reference !== undefined) checkReference({ reference });
}
