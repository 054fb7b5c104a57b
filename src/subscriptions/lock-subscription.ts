import { LockMode } from '@mikro-orm/mariadb';
import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Subscription } from './subscription.entity.ts';

interface SubscriptionKey {
  readonly id: string;
  /** With a company given, another company's subscription does not exist. */
  readonly companyId?: number;
  /** The same for a subscriber. */
  readonly subscriberId?: number;
}

/**
 * Reads a subscription for changing it: whoever else wants to waits until this transaction ends.
 * @throws Problem `subscription-not-found`.
 */
export async function lockSubscription(tx: InTransaction<Deps>, key: SubscriptionKey): Promise<Subscription> {
  const subscription = await tx.em.findOne(
    Subscription,
    { ...key },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!subscription) throw new Problem('subscription-not-found');
  return subscription;
}
