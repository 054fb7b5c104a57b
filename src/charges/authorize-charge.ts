import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { getSeller } from '../companies/seller.queries.ts';
import { assignBillingPeriods } from '../invoices/assign-billing-period.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { getEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { addSpend } from '../lines/line-spend.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { assertWithinLimits } from './assert-within-limits.ts';
import { captureAuthorized } from './capture-charge.ts';
import type { Charge } from './charge.entity.ts';
import { assertMove } from './charge.rules.ts';
import { decideCheckout } from './decide-checkout.ts';
import { lockCharge } from './lock-charge.ts';

const DAY_MS = 24 * 60 * 60_000;

/**
 * Records that a subscriber, whose line and person have been proven, confirms a pending charge. The amount
 * is reserved against the limits of the line; with automatic capture it is captured in the same transaction.
 * The same buyer confirming again changes nothing.
 * @throws Problem `checkout-expired`, `illegal-state`, `entitlement-ended`, `limit-exceeded`, and those of the seller.
 */
export function authorizeCharge(deps: Deps, input: { chargeId: string; buyer: Buyer }): Promise<Charge> {
  return inTransaction(deps, async (tx) => {
    const { buyer } = input;
    const charge = await lockCharge(tx, input.chargeId);
    if (!(await decideCheckout(tx, charge.id, 'confirmed'))) return assertBuyer(charge, buyer);
    assertMove(charge.state, 'authorized');
    const now = tx.clock.now();
    const businessDate = businessDateOf(now, tx.config.timeZone);
    const seller = await getSeller(tx, {
      companyId: charge.companyId,
      service: { id: charge.serviceId },
      businessDate,
    });
    const entitlement = await getEntitlement(tx, buyer, businessDate);
    const [period] = await assignBillingPeriods(tx, [{ ...entitlement, businessDate }]);
    if (!period) throw new Error('no billing period was assigned');
    const { amountMinor } = charge;
    assertWithinLimits(tx, { ...seller, ...period, entitlement, businessDate, amountMinor });
    Object.assign(charge, {
      state: 'authorized',
      ...buyer,
      authorizedAt: now,
      reservedPeriod: period.period,
      openUntil: new Date(now.getTime() + seller.authorizationDays * DAY_MS),
    });
    await tx.em.flush();
    await addSpend(tx, [{ lineId: buyer.lineId, period: period.period, amountMinor }]);
    if (charge.automaticCapture)
      return captureAuthorized(tx, { charge, seller, amountMinor, capturedAt: now });
    await postEntries(tx, [
      {
        businessDate,
        journalId: charge.id,
        kind: 'authorization',
        debit: 'authorization-held',
        credit: 'authorization-owed',
        amountMinor,
        billingPeriod: null,
      },
    ]);
    return charge;
  });
}

function assertBuyer(charge: Charge, buyer: Buyer): Charge {
  if (charge.subscriberId === buyer.subscriberId) return charge;
  throw new Problem('illegal-state', { detail: 'Somebody else has confirmed it already.' });
}
