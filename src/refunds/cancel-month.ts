import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { Subscription } from '../subscriptions/subscription.entity.ts';
import type { RefundRow } from './book-refund.ts';
import { getChargeOfMonth, type SubscriptionMonthKey } from './charge-of-month.queries.ts';
import { refundCharge } from './refund-charge.ts';
import type { RefundInput } from './refund-input.rules.ts';

/** A month of a subscription to take back. */
export interface CancelledMonth extends SubscriptionMonthKey, Pick<RefundInput, 'note' | 'reference'> {}

/**
 * Cancels one month of a subscription: all that is left of its charge is refunded. The subscription continues, and the month
 * is not charged to it again; who cancels it and joins again in that month pays for it (`isBilledAlready`).
 * @throws Problem `subscription-not-found`; `month-not-charged`, also for a free month; and those of `refundCharge`.
 */
export function cancelMonth(
  deps: Deps,
  actor: Actor,
  { subscriptionId, month, note, reference }: CancelledMonth,
): Promise<RefundRow> {
  const owned = ownedBy(actor, 'refunds:write');
  return inTransaction(deps, async (tx) => {
    const found = await tx.em.findOne(Subscription, { $and: [owned.rows, { id: subscriptionId }] });
    if (!found) throw new Problem('subscription-not-found');
    const chargeId = await getChargeOfMonth(tx, { subscriptionId, month });
    return refundCharge(tx, actor, { chargeId, reason: 'month_cancelled', note, reference });
  });
}
