import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { dependsOnTime, findIdsInState } from '../charges/effective-state.queries.ts';
import { keysetList } from '../database/keyset-list.ts';
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

interface SubscriptionList {
  readonly limit: number;
  /** The last id of the page before; ids rise in time, the list runs from the newest. */
  readonly after?: string | undefined;
  readonly state?: SubscriptionState | undefined;
  readonly reference?: string | undefined;
}

/**
 * A page of subscriptions, newest first, found by key however many came before. A state is the one in
 * which they are read now.
 */
export async function listSubscriptions(
  deps: Deps,
  actor: Actor,
  list: SubscriptionList,
): Promise<Subscription[]> {
  const owned = ownedBy(actor, 'subscriptions:read');
  const { after, state, reference } = list;
  if (state !== undefined && dependsOnTime(state)) {
    const ids = await findIdsInState(deps, 'subscription', owned, { ...list, state });
    return emOf(deps).find(Subscription, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  }
  return await emOf(deps).find(
    Subscription,
    {
      ...owned.rows,
      ...(after === undefined ? {} : { id: { $lt: after } }),
      ...(state === undefined ? {} : { state }),
      ...(reference === undefined ? {} : { reference }),
    },
    keysetList('subscription', owned, list),
  );
}
