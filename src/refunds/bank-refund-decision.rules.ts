import { sumMinor } from '../shared/money.ts';

/** A refund of a charge, as far as it decides what becomes of those by bank; in the turn of the charge's refunds. */
export interface RefundInTurn {
  readonly refundId: string;
  /** On the charge's own invoice, on another one, or by bank. */
  readonly paidBy: 'own-invoice' | 'other-invoice' | 'bank';
  readonly amountMinor: bigint;
  /** Of one by bank that is decided: how much of it is paid, with what was reopened of it. */
  readonly payableMinor: bigint | undefined;
}

/** What is known of the charge's invoice once it has a result. */
export interface CollectedCharge {
  /** What was collected of the charge, after its refunds on the same invoice. */
  readonly collectedMinor: bigint;
  /** Whether no more is waited for: it is collected in full, or the time to wait is over. */
  readonly isFinal: boolean;
  readonly refunds: readonly RefundInTurn[];
}

/** What is paid of a refund by bank, and what is cancelled against the debt. */
export interface BankRefundDecision {
  readonly refundId: string;
  readonly payableMinor: bigint;
  readonly cancelledMinor: bigint;
}

/**
 * Decides the refunds by bank of a charge that wait, in their turn (domain.md section 9): no more is paid back than was
 * collected, less what was given back before. One that is covered in full is paid at once; of another one, what is not
 * collected is cancelled once the result is final, and those after it wait with it.
 */
export function decideWaiting({ collectedMinor, isFinal, refunds }: CollectedCharge): BankRefundDecision[] {
  const decisions: BankRefundDecision[] = [];
  let leftMinor = collectedMinor;
  for (const { refundId, paidBy, amountMinor, payableMinor: decided } of refunds) {
    if (paidBy === 'own-invoice') continue;
    if (paidBy === 'other-invoice') {
      leftMinor -= amountMinor;
      continue;
    }
    const coveredMinor = coveredOf(leftMinor, amountMinor);
    if (decided === undefined && coveredMinor < amountMinor && !isFinal) break;
    const payableMinor = decided ?? coveredMinor;
    leftMinor -= payableMinor;
    if (decided === undefined)
      decisions.push({ refundId, payableMinor, cancelledMinor: amountMinor - payableMinor });
  }
  return decisions;
}

/**
 * Decided refunds by bank of a charge of which more would be paid today, and how much more: what was not collected then was
 * collected later.
 */
export function findCollectedLater({
  collectedMinor,
  refunds,
}: Pick<CollectedCharge, 'collectedMinor' | 'refunds'>): Map<string, bigint> {
  const later = new Map<string, bigint>();
  let leftMinor = collectedMinor;
  // What is decided is given away, whichever refund's turn it was: more than the rest of what was collected is never paid.
  let freeMinor = collectedMinor - sumMinor(refunds.map(givenAway));
  for (const { refundId, paidBy, amountMinor, payableMinor: decided } of refunds) {
    if (paidBy === 'own-invoice') continue;
    const coveredMinor = paidBy === 'bank' ? coveredOf(leftMinor, amountMinor) : amountMinor;
    const moreMinor = decided === undefined ? 0n : coveredOf(freeMinor, coveredMinor - decided);
    if (moreMinor > 0n) later.set(refundId, moreMinor);
    freeMinor -= moreMinor;
    leftMinor -= decided !== undefined && decided > coveredMinor ? decided : coveredMinor;
  }
  return later;
}

/** What a refund has taken of what was collected. */
function givenAway({ paidBy, amountMinor, payableMinor }: RefundInTurn): bigint {
  if (paidBy === 'own-invoice') return 0n;
  return paidBy === 'other-invoice' ? amountMinor : (payableMinor ?? 0n);
}

/** How much of an amount is covered by what is left; both may be below zero. */
function coveredOf(leftMinor: bigint, amountMinor: bigint): bigint {
  if (leftMinor < 0n || amountMinor < 0n) return 0n;
  return leftMinor < amountMinor ? leftMinor : amountMinor;
}
