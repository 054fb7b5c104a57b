import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { appendEvents } from '../events/append-events.ts';
import { lockSubscription } from './lock-subscription.ts';
import { subscriptionEvent } from './subscription-event.rules.ts';
import { assertSubscriptionMove } from './subscription-moves.rules.ts';
import type { Subscription } from './subscription.entity.ts';

/**
 * Records that the subscriber does not want to join. Declining again changes nothing.
 * @throws Problem `subscription-not-found`, `checkout-expired`, `illegal-state`.
 */
export function declineSubscription(
  deps: Deps,
  actor: Actor,
  { subscriptionId }: { subscriptionId: string },
): Promise<Subscription> {
  const owned = ownedBy(actor, 'checkouts:decline');
  return inTransaction(deps, async (tx) => {
    const subscription = await lockSubscription(tx, owned, subscriptionId);
    if (!(await decideCheckout(tx, subscription.id, 'declined'))) return subscription;
    assertSubscriptionMove(subscription.state, 'declined');
    Object.assign(subscription, { state: 'declined', openUntil: null });
    await tx.em.flush();
    await appendEvents(tx, [subscriptionEvent('subscription.declined', subscription)]);
    return subscription;
  });
}
