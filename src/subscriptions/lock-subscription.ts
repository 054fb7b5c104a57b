import { LockMode } from '@mikro-orm/mariadb';
import type { Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Subscription } from './subscription.entity.ts';

/**
 * Reads and locks a subscription: other transactions that change it wait until this one ends.
 * @throws Problem `subscription-not-found`.
 */
export async function lockSubscription(
  tx: InTransaction<Deps>,
  owned: Owned,
  subscriptionId: string,
): Promise<Subscription> {
  const subscription = await tx.em.findOne(
    Subscription,
    { $and: [owned.rows, { id: subscriptionId }] },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!subscription) throw new Problem('subscription-not-found');
  return subscription;
}
