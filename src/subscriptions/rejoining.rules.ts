import type { DueMonth } from './subscription.rules.ts';

/** A month of an item that a subscriber has had, in whichever of their subscriptions to the item. */
export interface BilledMonth {
  readonly subscriptionId: string;
  /** It was free as the last month of that subscription. */
  readonly isFreeAsLast: boolean;
  /** Its charge was given back whole. */
  readonly isRefunded: boolean;
}

/**
 * Rejoining in a month is not charged twice (domain.md §2): a month of an item that the subscriber has had is not billed
 * again, whichever subscription it was had in. Two exceptions: who left in a month that was free as the last one, or whose
 * charge was refunded whole, and comes back in it pays for it after all (domain.md §9: one unrefunded charge per month).
 *
 * `subscription_month` holds the months that were had; its key has room for one of a subscriber, item and month.
 */
export function isBilledAlready(
  had: BilledMonth | undefined,
  { subscriptionId, due }: { readonly subscriptionId: string; readonly due: DueMonth },
): boolean {
  if (!had) return false;
  const cameBack = (had.isFreeAsLast || had.isRefunded) && had.subscriptionId !== subscriptionId;
  return !(cameBack && due.outcome === 'charge');
}
