import { addDays } from '../shared/calendar-date.rules.ts';
import { Problem } from '../shared/problem.ts';

/** A charge as far as its refunds depend on it. */
export interface RefundableCharge {
  readonly state: string;
  readonly capturedMinor?: bigint | null | undefined;
  readonly businessDate?: string | null | undefined;
}

/** What has come back of a charge already. */
export interface ComeBack {
  /** Sum of its refunds. */
  readonly refundedMinor: bigint;
  /** Clawed back from the company because it was not collected, less what was recovered. */
  readonly clawedBackMinor: bigint;
}

/** The terms of the contract under which the charge was sold. */
export interface RefundTerms {
  /** Days after the business date of the charge through which it can be refunded. */
  readonly refundDays: number;
  readonly partialRefunds: boolean;
}

export interface WantedRefund {
  readonly charge: RefundableCharge;
  readonly before: ComeBack;
  readonly terms: RefundTerms;
  /** All that is left when it is left out. */
  readonly amountMinor?: bigint | undefined;
}

/** What of a charge can still be refunded (domain.md §4, §9): captured, less refunds, less what was clawed back. */
export function leftToRefund({ capturedMinor }: RefundableCharge, before: ComeBack): bigint {
  const left = (capturedMinor ?? 0n) - before.refundedMinor - before.clawedBackMinor;
  return left > 0n ? left : 0n;
}

/**
 * The amount of a refund. A Problem is `not-captured`; `refund-too-large`, with what is left; `claim-returned` where the
 * rest was never collected and its claim has returned to the company; `partial-not-allowed` by the contract.
 */
export function determineRefund({ charge, before, terms, amountMinor }: WantedRefund): bigint | Problem {
  if (charge.state !== 'captured' || charge.capturedMinor == null)
    return new Problem('not-captured', { facts: { state: charge.state } });
  const left = leftToRefund(charge, before);
  const unrefundedMinor = charge.capturedMinor - before.refundedMinor;
  const wanted = amountMinor ?? left;
  if (wanted > unrefundedMinor || unrefundedMinor === 0n)
    return tooLarge(charge.capturedMinor, { ...before, left });
  if (wanted > left || left === 0n) {
    return new Problem('claim-returned', {
      detail: `${left} can be refunded; the rest was not collected, and its claim has returned to the company.`,
      facts: { left: Number(left) },
    });
  }
  if (wanted < left && !terms.partialRefunds) {
    return new Problem('partial-not-allowed', {
      detail: `The contract allows the whole amount only: ${left}.`,
      facts: { left: Number(left) },
    });
  }
  return wanted;
}

function tooLarge(capturedMinor: bigint, { refundedMinor, left }: ComeBack & { readonly left: bigint }) {
  return new Problem('refund-too-large', {
    detail:
      left === 0n
        ? `All of the ${capturedMinor} has been refunded.`
        : `${left} of the ${capturedMinor} can still be refunded.`,
    facts: { left: Number(left), refunded: Number(refundedMinor), captured: Number(capturedMinor) },
    errors: [{ pointer: '/amount', message: `must be at most ${left}, which is what is left` }],
  });
}

/** The last business date on which a charge can be refunded without a second person. */
export function refundableThrough({ businessDate }: RefundableCharge, { refundDays }: RefundTerms): string {
  if (businessDate == null) throw new RangeError('only a captured charge has a window of refunds');
  return addDays(businessDate, refundDays);
}

/** The refusal of a company that is too late; the support centre can still propose the refund. */
export function windowPassed(through: string): Problem {
  return new Problem('refund-window-passed', {
    detail: `It could be refunded through ${through}. Ask the support centre: a refund after that day takes an approval.`,
    facts: { refundable_through: through },
  });
}
