import type { Actor } from '../access/actor.ts';
import { offeredTo } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { assertWithinContract } from '../limits/assert-within-limits.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { recordConfirmation, type Confirmed, type ConfirmedOnPage } from '../checkout/record-confirmation.ts';
import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import { getPurchaseEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { assertPermitted } from '../safeguards/permitted-purchase.rules.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { appendEvents } from '../events/append-events.ts';
import { announceStarted } from './announce-agreement.ts';
import { findActiveSubscription } from './active-subscription.queries.ts';
import { claimFreeMonth, type FreeMonthsLeft } from './free-months.ts';
import { lockSubscription } from './lock-subscription.ts';
import { renewChunk } from './renew-chunk.ts';
import { unbilledBecause } from './renewal-figures.rules.ts';
import { subscriptionEvent } from './subscription-event.rules.ts';
import { assertSubscriptionMove } from './subscription-moves.rules.ts';
import type { Subscription } from './subscription.entity.ts';

interface Joining {
  readonly subscriptionId: string;
  /** The free months that the buyer was shown as available; only these are promised. */
  readonly shown?: FreeMonthsLeft | undefined;
  /** What the buyer confirmed on the page; left out for an agreement that was given elsewhere. */
  readonly confirmation?: ConfirmedOnPage | undefined;
}

/**
 * Records that a subscriber, whose line and person have been proven, joins. A first month that is due today
 * (its charge day has come) is charged in the same transaction, or the joining is refused; otherwise the
 * night charges it. The same subscriber joining again changes nothing.
 * @throws Problem `checkout-expired`, `illegal-state`, `already-subscribed`, `entitlement-ended`, `line-not-eligible`,
 * `company-blocked`, `amount-above-own-limit`, `amount-above-contract`, `limit-exceeded`, `period-closed`, and those of the seller.
 */
export function joinSubscription(
  deps: Deps,
  actor: Actor,
  { subscriptionId, shown, confirmation }: Joining,
): Promise<Subscription> {
  const { offered, buyer } = offeredTo(actor);
  return inTransaction(deps, async (tx) => {
    const subscription = await lockSubscription(tx, offered, subscriptionId);
    if (!(await decideCheckout(tx, subscription.id, 'confirmed'))) return assertJoinedBy(subscription, buyer);
    assertSubscriptionMove(subscription.state, 'active');
    const joinedAt = tx.clock.now();
    const businessDate = businessDateOf(joinedAt, tx.config.timeZone);
    await assertMaySell(tx, subscription, businessDate);
    assertPermitted(await getPurchaseEntitlement(tx, buyer, businessDate), subscription);
    await assertNotSubscribed(tx, subscription, buyer);
    // Due today until `renewChunk` below has found what is.
    const joined = {
      state: 'active',
      openUntil: null,
      joinedAt,
      joinedOn: businessDate,
      nextDueOn: businessDate,
    } as const;
    Object.assign(subscription, { ...buyer, ...joined });
    await tx.em.flush();
    await recordConfirmation(tx, confirmedSubscription(subscription, buyer), confirmation);
    const isFirst = await claimFirstMonth(tx, subscription, buyer);
    if (subscription.firstMonthFree && shown?.first && !isFirst) {
      throw new Problem('illegal-state', {
        detail: 'Somebody else on the line has had the free month meanwhile.',
      });
    }
    await appendEvents(tx, [subscriptionEvent('subscription.joined', subscription)]);
    const [step] = await renewChunk(tx, { ids: [subscription.id], businessDate });
    const problem = step && unbilledBecause(step);
    if (problem) throw problem;
    await announceStarted(tx, subscription.id, { isCharged: step?.outcome?.kind === 'charged' });
    return tx.em.refreshOrFail(subscription);
  });
}

function confirmedSubscription({ id, companyId, amountMinor }: Subscription, buyer: Buyer): Confirmed {
  return { subjectKind: 'subscription', subjectId: id, companyId, amountMinor, ...buyer };
}

async function assertMaySell(tx: InTransaction<Deps>, subscription: Subscription, businessDate: string) {
  const { serviceId, companyId, amountMinor } = subscription;
  const seller = await getTermsOfNewSale(tx, { companyId, service: { id: serviceId }, businessDate });
  assertWithinContract(amountMinor, seller);
}

/** Allows one active subscription to an item, because a month of it is billed only once. Locks the subscriber, so that joinings of one person happen one after another. */
async function assertNotSubscribed(
  tx: InTransaction<Deps>,
  subscription: Subscription,
  buyer: Buyer,
): Promise<void> {
  const { subscriberId } = buyer;
  const { serviceId, itemCode } = subscription;
  await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('id')
    .where('id', '=', subscriberId)
    .forUpdate()
    .execute();
  const other = await findActiveSubscription(tx, { subscriberId, serviceId, itemCode });
  if (other) throw new Problem('already-subscribed');
}

/** Claims the item's first month for the first joining of the tenure, whether it is free or not; no later joining gets it. */
async function claimFirstMonth(
  tx: InTransaction<Deps>,
  { id: subscriptionId, serviceId, itemCode, joinedOn }: Subscription,
  { lineId, holderFrom }: Buyer,
): Promise<boolean> {
  const item = { lineId, holderFrom, serviceId, itemCode };
  return claimFreeMonth(tx, { ...item, kind: 'first', subscriptionId, month: monthOf(joinedOn!) });
}

function assertJoinedBy(subscription: Subscription, buyer: Buyer): Subscription {
  if (subscription.subscriberId === buyer.subscriberId) return subscription;
  throw new Problem('illegal-state', { detail: 'Somebody else has joined already.' });
}
