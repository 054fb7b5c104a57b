import { effectiveState } from '../charges/effective-state.rules.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { appendEvents } from '../events/append-events.ts';
import { announceCancelled } from './announce-agreement.ts';
import { claimFreeMonth } from './free-months.ts';
import { nextDueOn } from './next-due-on.rules.ts';
import { lockSubscription } from './lock-subscription.ts';
import { leavingEvent } from './subscription-event.rules.ts';
import { assertSubscriptionMove } from './subscription-moves.rules.ts';
import type { Subscription } from './subscription.entity.ts';
import { leavesForFree } from './subscription.rules.ts';

/**
 * Cancels a subscription as of today. The current month is its last and still billed (domain.md §2): until the
 * night has billed it the subscription is `leaving`; when it is billed already, the subscription ends at once. A free last
 * month is granted here, once per tenure and item: a subscriber who joins again in it pays for it after all, and has used
 * the grant (our decision). Cancelling again changes nothing.
 * @throws Problem `subscription-not-found`, `illegal-state` when nobody has joined, `invalid-request`.
 */
export function cancelSubscription(
  deps: Deps,
  actor: Actor,
  { subscriptionId, reason }: { readonly subscriptionId: string; readonly reason?: ActReason | undefined },
): Promise<Subscription> {
  const owned = ownedBy(actor, 'subscriptions:cancel');
  const facts = reasonFacts(reason);
  return inTransaction(deps, async (tx) => {
    const subscription = await lockSubscription(tx, owned, subscriptionId);
    if (subscription.state === 'leaving' || subscription.state === 'ended') return subscription;
    const leftAt = tx.clock.now();
    const leftOn = businessDateOf(leftAt, tx.config.timeZone);
    const settled = subscription.renewedThrough != null && subscription.renewedThrough >= monthOf(leftOn);
    const state = settled ? 'ended' : 'leaving';
    assertSubscriptionMove(effectiveState(subscription, leftAt), state);
    Object.assign(subscription, { state, leftAt, leftOn });
    subscription.nextDueOn = dueAfterCancelling(subscription);
    await tx.em.flush();
    await claimLastMonth(tx, subscription, leftOn);
    const events = [leavingEvent('subscription.cancelled', subscription, leftOn)];
    if (settled) events.push(leavingEvent('subscription.ended', subscription, leftOn));
    await appendEvents(tx, events);
    const subject = `subscription:${subscription.id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscription.leave', subject, facts });
    await announceCancelled(tx, actor, subscription.id);
    return subscription;
  });
}

function dueAfterCancelling({ joinedOn, ...subscription }: Subscription): string | null {
  if (joinedOn == null) throw new Error(`nobody has joined subscription ${subscription.id}`);
  return nextDueOn({ ...subscription, joinedOn });
}

async function claimLastMonth(
  tx: InTransaction<Deps>,
  subscription: Subscription,
  leftOn: string,
): Promise<void> {
  const { id, serviceId, itemCode, joinedOn, lineId, holderFrom, lastMonthFree, chargeDay } = subscription;
  if (!lastMonthFree) return;
  if (joinedOn == null || lineId == null || holderFrom == null)
    throw new Error(`nobody has joined subscription ${id}`);
  const renewedThrough = subscription.renewedThrough ?? undefined;
  const terms = { joinedOn, leftOn, chargeDay, firstMonthFree: false, lastMonthFree, renewedThrough };
  if (!leavesForFree(terms)) return;
  const claim = { kind: 'last', subscriptionId: id, month: monthOf(leftOn) } as const;
  await claimFreeMonth(tx, { lineId, holderFrom, serviceId, itemCode, ...claim });
}
