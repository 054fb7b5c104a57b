import { sumMinor } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';

/** Settlements of a month as a person has seen them before acting on all of them. */
export interface SeenSettlements {
  readonly count: number;
  /** What their payouts come to, in minor units. */
  readonly payoutMinor: bigint;
}

export function sumSeen(settlements: readonly { readonly payoutMinor: bigint }[]): SeenSettlements {
  return {
    count: settlements.length,
    payoutMinor: sumMinor(settlements.map(({ payoutMinor }) => payoutMinor)),
  };
}

/**
 * An act on a month does what was seen, or nothing.
 * @throws Problem `illegal-state`, reason `settlements-changed`, when there are others now
 */
export function assertAsSeen(now: SeenSettlements, seen: SeenSettlements, detail: string): void {
  if (seen.count === now.count && seen.payoutMinor === now.payoutMinor) return;
  throw new Problem('illegal-state', { detail, facts: { reason: 'settlements-changed' } });
}
