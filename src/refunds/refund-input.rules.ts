import { compileInputCheck } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
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
  /** What had been refunded of the charge when the refunder looked at it: a form that is sent twice refunds once. */
  readonly seenRefundedMinor?: bigint | undefined;
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

/** Refuses a refund whose refunder has seen less refunded than there is by now. @throws Problem `illegal-state` */
export function assertAsSeen(
  { seenRefundedMinor }: Pick<RefundInput, 'seenRefundedMinor'>,
  refundedMinor: bigint,
): void {
  if (seenRefundedMinor === undefined || seenRefundedMinor === refundedMinor) return;
  throw new Problem('illegal-state', {
    detail: 'The charge has been refunded meanwhile.',
    facts: { reason: 'refunded-meanwhile' },
  });
}
