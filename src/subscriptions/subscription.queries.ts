import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { listInEffectiveState, type ListRequest } from '../charges/effective-list.queries.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Subscription } from './subscription.entity.ts';
import type { SubscriptionState } from './subscription-moves.rules.ts';

/** One subscription. @throws Problem `subscription-not-found`. */
export async function getSubscription(
  deps: Deps,
  actor: Actor,
  subscriptionId: string,
): Promise<Subscription> {
  const owned = ownedBy(actor, 'subscriptions:read');
  const where = { $and: [owned.rows, { id: subscriptionId }] };
  const subscription = await emOf(deps).findOne(Subscription, where);
  if (!subscription) throw new Problem('subscription-not-found');
  return subscription;
}

/** A page of subscriptions, newest first. */
export function listSubscriptions(
  deps: Deps,
  actor: Actor,
  list: ListRequest<SubscriptionState>,
): Promise<Subscription[]> {
  const owned = ownedBy(actor, 'subscriptions:read');
  return listInEffectiveState(deps, { entity: Subscription, table: 'subscription', owned }, list);
}
