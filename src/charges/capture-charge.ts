import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { getSellingTerms, type SellingTerms } from '../contracts/selling-terms.queries.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { lockBillingPeriods, type AssignedPeriod } from '../limits/assign-billing-period.ts';
import { getEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { releaseHolds } from '../limits/tenure-hold.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { prepareEvents } from '../events/append-events.ts';
import { bookCaptures } from './book-captures.ts';
import { fixCapture } from './capture.rules.ts';
import { chargeEvent } from './charge-event.rules.ts';
import { assertTransition, endsWithEntitlement } from './charge.rules.ts';
import type { Charge } from './charge.entity.ts';
import { effectiveState } from './effective-state.rules.ts';
import { lockCharge } from './lock-charge.ts';

interface Capture {
  readonly chargeId: string;
  /** At most the authorized amount, which is the default. */
  readonly amountMinor?: bigint | undefined;
}

/**
 * Captures an authorized charge: from now on it is owed by the line and to the company. Business date,
 * billing period and tax rate are fixed here, once. What was authorized can be captured whatever billing period it lands
 * in, as long as the buyer is entitled to the line.
 * @throws Problem `charge-not-found`, `illegal-state`, `entitlement-ended`, `amount-above-authorized`, `period-closed`,
 * and those of the seller.
 */
export function captureCharge(deps: Deps, actor: Actor, input: Capture): Promise<Charge> {
  const owned = ownedBy(actor, 'charges:write');
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, owned, input.chargeId);
    const capturedAt = tx.clock.now();
    assertOpen(charge, capturedAt);
    const amountMinor = input.amountMinor ?? charge.amountMinor;
    if (amountMinor > charge.amountMinor) {
      throw new Problem('amount-above-authorized', { facts: { authorized: Number(charge.amountMinor) } });
    }
    const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
    const seller = await getSellingTerms(tx, {
      companyId: charge.companyId,
      service: { id: charge.serviceId },
      businessDate,
    });
    const entitlement = await getEntitlement(tx, buyerOf(charge), businessDate);
    const [period] = await lockBillingPeriods(tx, [{ ...entitlement, businessDate }]);
    if (!period) throw new Error('no billing period was assigned');
    return captureAuthorized(tx, { charge, seller, amountMinor, capturedAt, period });
  });
}

/** Refuses what is not authorized, no longer, or by somebody who has lost the line since. */
function assertOpen(charge: Charge, now: Date): void {
  if (charge.endedBy === 'entitlement') throw new Problem('entitlement-ended');
  if (charge.state === 'pending') assertTransition(effectiveState(charge, now), 'captured');
  assertTransition(charge.state, 'captured');
  if (!charge.openUntil || charge.openUntil > now) return;
  if (endsWithEntitlement(charge)) throw new Problem('entitlement-ended');
  throw new Problem('illegal-state', {
    detail: 'The authorization has run out; it is released tonight.',
    facts: { state: 'expired' },
  });
}

function buyerOf({ id, subscriberId, lineId, holderFrom }: Charge): Buyer {
  if (subscriberId == null || lineId == null || holderFrom == null)
    throw new Error(`charge ${id} has no buyer`);
  return { subscriberId, lineId, holderFrom };
}

interface AuthorizedCapture {
  readonly charge: Charge;
  readonly seller: SellingTerms;
  readonly amountMinor: bigint;
  readonly capturedAt: Date;
  /** Takes the charge, locked. */
  readonly period: AssignedPeriod;
}

/** The second half of a capture, for a charge that is authorized and locked in this transaction. */
export async function captureAuthorized(
  tx: InTransaction<Deps>,
  { charge, seller, amountMinor, capturedAt, period }: AuthorizedCapture,
): Promise<Charge> {
  const { lineId, holderFrom } = buyerOf(charge);
  const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
  const { id, companyId, taxCode, automaticCapture } = charge;
  const capture = { amountMinor, taxCode, capturedAt, businessDate, period, terms: seller };
  const facts = fixCapture(tx, capture);
  if (facts instanceof Problem) throw facts;
  const heldMinor = automaticCapture ? 0n : charge.amountMinor;
  const hold = { chargeId: id, lineId, holderFrom, amountMinor: heldMinor };
  await releaseHolds(tx, heldMinor > 0n ? [hold] : []);
  Object.assign(charge, facts);
  await tx.em.flush();
  const booked = { ...facts, id, companyId, lineId, holderFrom, heldMinor };
  const event = chargeEvent('charge.captured', charge);
  await runPipeline(tx.em, [...(await bookCaptures(tx, [booked])), prepareEvents(tx, [event])]);
  return charge;
}
