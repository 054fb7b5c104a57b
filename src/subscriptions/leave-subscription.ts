import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { recordAudit } from '../database/record-audit.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { lockSubscription } from './lock-subscription.ts';
import { assertSubscriptionMove } from './subscription-moves.rules.ts';
import type { Subscription } from './subscription.entity.ts';

interface Leaving {
  readonly subscriptionId: string;
  /** The company that asks; its own subscriptions only. */
  readonly companyId?: number | undefined;
  /** The subscriber who asks; their own subscriptions only. */
  readonly subscriberId?: number | undefined;
  readonly by: 'company' | 'subscriber' | 'support';
  /** Who at the support centre, for the audit trail. */
  readonly actor?: string | undefined;
}

/**
 * Ends a subscription from today. The month of leaving is its last and still billed (domain.md §2): until the
 * night has settled it the subscription is `leaving`; when it was settled before, it ends at once. Leaving
 * again changes nothing.
 * @throws Problem `subscription-not-found`, `illegal-state` when nobody has joined.
 */
export function leaveSubscription(deps: Deps, input: Leaving): Promise<Subscription> {
  return inTransaction(deps, async (tx) => {
    const { subscriptionId: id, companyId, subscriberId, by } = input;
    const subscription = await lockSubscription(tx, {
      id,
      ...(companyId === undefined ? {} : { companyId }),
      ...(subscriberId === undefined ? {} : { subscriberId }),
    });
    if (subscription.state === 'leaving' || subscription.state === 'ended') return subscription;
    const leftAt = tx.clock.now();
    const leftOn = businessDateOf(leftAt, tx.config.timeZone);
    const settled = subscription.renewedThrough != null && subscription.renewedThrough >= monthOf(leftOn);
    const state = settled ? 'ended' : 'leaving';
    assertSubscriptionMove(subscription.state, state);
    Object.assign(subscription, { state, leftAt, leftOn });
    await tx.em.flush();
    const actor = input.actor ?? actorOf(subscription, by);
    await recordAudit(tx, { actor, action: 'subscription.leave', subject: `subscription:${id}` });
    return subscription;
  });
}

function actorOf({ companyId, subscriberId }: Subscription, by: Leaving['by']): string {
  if (by === 'support') return by;
  return by === 'company' ? `company:${companyId}` : `subscriber:${subscriberId}`;
}
