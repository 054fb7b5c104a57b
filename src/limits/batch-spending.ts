import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { AssignedPeriod } from './assign-billing-period.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { tenureKey } from './line-spending.ts';
import type { Spent } from './limit.rules.ts';
import { findOwnSpending, ownKey } from './own-spending.queries.ts';

/** Who buys, and the billing period that takes the charge, locked. */
export interface Buying {
  readonly entitlement: Entitlement;
  readonly period: AssignedPeriod;
}

/** What counts against the limits while the charges of one transaction are decided one after another. */
export interface BatchSpending {
  /** What is spent before a charge, including what `add` has counted. */
  of(buying: Buying): Spent;
  /** Counts a charge that is allowed, for the charges after it. */
  add(buying: Buying, amountMinor: bigint): void;
}

/** Reads what issued IDs with a limit of their own have spent; the spending of tenures came with their periods. */
export async function readSpending(
  tx: InTransaction<Deps>,
  buyings: readonly Buying[],
): Promise<BatchSpending> {
  const limited = buyings.filter(({ entitlement }) => entitlement.subscriberLimitMinor !== null);
  const own = await findOwnSpending(
    tx,
    limited.map(({ entitlement, period }) => ({ ...period, subscriberId: entitlement.subscriberId })),
  );
  const added = new Map<string, bigint>();
  const keysOf = ({ entitlement, period }: Buying) => ({
    tenure: `${tenureKey(entitlement)}|${period.period}`,
    own: ownKey({ ...entitlement, ...period }),
  });
  return {
    of(buying) {
      const keys = keysOf(buying);
      const { bookedMinor, heldMinor } = buying.period;
      return {
        tenureMinor: bookedMinor + heldMinor + (added.get(keys.tenure) ?? 0n),
        ownMinor: (own.get(keys.own) ?? 0n) + (added.get(keys.own) ?? 0n),
      };
    },
    add(buying, amountMinor) {
      for (const key of Object.values(keysOf(buying))) added.set(key, (added.get(key) ?? 0n) + amountMinor);
    },
  };
}
