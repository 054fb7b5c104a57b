import type { Actor } from '../access/actor.ts';
import { offeredTo } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { joinAsWriter } from '../billing-periods/period-write-barrier.ts';
import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import { lockBillingPeriods } from '../limits/assign-billing-period.ts';
import { preparePosting } from '../ledger/post-entries.ts';
import { authorizationEnd } from '../lines/authorization-end.rules.ts';
import { lockPurchaseEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { placeHold } from '../limits/tenure-hold.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { assertPermitted } from '../safeguards/permitted-purchase.rules.ts';
import { assertWithinLimits } from '../limits/assert-within-limits.ts';
import { readSpending } from '../limits/batch-spending.ts';
import { prepareEvents } from '../events/append-events.ts';
import { announceSale } from './announce-sale.ts';
import { captureAuthorized } from './capture-charge.ts';
import { authorizationEntry } from './charge-entries.rules.ts';
import type { Charge } from './charge.entity.ts';
import { chargeEvent } from './charge-event.rules.ts';
import { assertTransition } from './charge.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { recordConfirmation, type Confirmed, type ConfirmedOnPage } from '../checkout/record-confirmation.ts';
import { readSpendingToHold } from '../limits/landing-periods.queries.ts';
import { lockCharge } from './lock-charge.ts';

interface Authorizing {
  readonly chargeId: string;
  /** What the buyer confirmed on the page; left out for an agreement that was given elsewhere. */
  readonly confirmation?: ConfirmedOnPage | undefined;
}

const DAY_MS = 24 * 60 * 60_000;

/**
 * Records that a subscriber, whose line and person have been proven, confirms a pending charge. The amount
 * is held against the limits of the tenure and of the issued ID until it is captured or ends, which it does no later than
 * the entitlement; with automatic capture it is captured in the same transaction.
 * The same buyer confirming again changes nothing.
 * @throws Problem `checkout-expired`, `illegal-state`, `entitlement-ended`, `line-not-eligible`, `company-blocked`, `amount-above-own-limit`,
 * `limit-exceeded`, and those of the seller.
 */
export function authorizeCharge(
  deps: Deps,
  actor: Actor,
  { chargeId, confirmation }: Authorizing,
): Promise<Charge> {
  const { offered, buyer } = offeredTo(actor);
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, offered, chargeId);
    return authorizePending(tx, { charge, buyer, confirmation });
  });
}

interface PendingCharge {
  /** Locked. */
  readonly charge: Charge;
  readonly buyer: Buyer;
  readonly confirmation?: ConfirmedOnPage | undefined;
}

/** The same in the transaction that locked or created the charge. */
export async function authorizePending(
  tx: InTransaction<Deps>,
  { charge, buyer, confirmation }: PendingCharge,
): Promise<Charge> {
  if (!(await decideCheckout(tx, charge.id, 'confirmed'))) return assertBuyer(charge, buyer);
  assertTransition(charge.state, 'authorized');
  const authorization = await determineAuthorization(tx, charge, buyer);
  const { seller, period, facts } = authorization;
  Object.assign(charge, { state: 'authorized', ...buyer, ...facts });
  await tx.em.flush();
  await recordConfirmation(tx, confirmedCharge(charge, buyer), confirmation);
  if (charge.automaticCapture) {
    const { amountMinor } = charge;
    await captureAuthorized(tx, { charge, seller, amountMinor, capturedAt: facts.authorizedAt, period });
  } else {
    await holdAmount(tx, { ...authorization, charge, buyer });
  }
  await announceSale(tx, { charge, buyer, period });
  return charge;
}

function confirmedCharge({ id, companyId, amountMinor }: Charge, buyer: Buyer): Confirmed {
  return { subjectKind: 'charge', subjectId: id, companyId, amountMinor, ...buyer };
}

/** What a charge is authorized under, with its tenure and its billing period locked. */
async function determineAuthorization(tx: InTransaction<Deps>, charge: Charge, buyer: Buyer) {
  const { amountMinor, automaticCapture } = charge;
  const authorizedAt = tx.clock.now();
  const businessDate = businessDateOf(authorizedAt, tx.config.timeZone);
  const service = { companyId: charge.companyId, service: { id: charge.serviceId } };
  const seller = await getTermsOfNewSale(tx, { ...service, businessDate });
  const entitlement = await lockPurchaseEntitlement(tx, buyer, businessDate);
  assertPermitted(entitlement, charge);
  const [period] = await lockBillingPeriods(tx, [{ ...entitlement, businessDate }]);
  if (!period) throw new Error('no billing period was assigned');
  const buying = { entitlement, period, businessDate };
  const spent = automaticCapture
    ? (await readSpending(tx, [buying])).of(buying)
    : await readSpendingToHold(tx, buying);
  const limits = assertWithinLimits(tx, { ...seller, ...buying, ...period, amountMinor, spent });
  const authorizedUntil = new Date(authorizedAt.getTime() + seller.authorizationDays * DAY_MS);
  const lasting = { authorizedAt, authorizedUntil, holderTo: entitlement.holderTo, isUsable: true };
  const openUntil = authorizationEnd(lasting, { now: authorizedAt, timeZone: tx.config.timeZone });
  const facts = { ...limits, authorizedAt, authorizedUntil, openUntil, reservedPeriod: period.period };
  return { seller, period, businessDate, facts };
}

interface Held extends Pick<Awaited<ReturnType<typeof determineAuthorization>>, 'period' | 'businessDate'> {
  readonly charge: Charge;
  readonly buyer: Buyer;
}

/** Counts an authorized amount against the limits until it is captured or ends, in one round trip. */
async function holdAmount(
  tx: InTransaction<Deps>,
  { charge, buyer, period, businessDate }: Held,
): Promise<void> {
  const { id, amountMinor } = charge;
  await runPipeline(tx.em, [
    joinAsWriter([period]),
    ...placeHold({ ...buyer, chargeId: id, amountMinor }),
    await preparePosting(tx, [authorizationEntry({ id, businessDate, amountMinor })]),
    prepareEvents(tx, [chargeEvent('charge.authorized', charge)]),
  ]);
}

function assertBuyer(charge: Charge, buyer: Buyer): Charge {
  if (charge.subscriberId === buyer.subscriberId) return charge;
  throw new Problem('illegal-state', { detail: 'Somebody else has confirmed it already.' });
}
