/** How much of a purchase has been given back: nothing, a part of it or all of it. */
export type RefundState = 'none' | 'partly' | 'wholly';

interface RefundedAmounts {
  /** What it cost; null as long as nothing is charged. */
  readonly capturedMinor: bigint | null;
  readonly refundedMinor: bigint;
}

/** How much of a purchase has been given back. Nothing is given back of what was never charged. */
export function refundState({ capturedMinor, refundedMinor }: RefundedAmounts): RefundState {
  if (capturedMinor === null || refundedMinor === 0n) return 'none';
  return refundedMinor < capturedMinor ? 'partly' : 'wholly';
}
