import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { AssignedPeriod } from '../limits/assign-billing-period.ts';
import type { Buyer } from '../lines/entitlement.queries.ts';
import { announcePurchase } from '../safeguards/announce-purchase.ts';
import { announceSpending } from '../safeguards/announce-spending.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { taxRateBps } from '../shared/tax.rules.ts';
import type { Charge } from './charge.entity.ts';

interface Sale {
  readonly charge: Charge;
  readonly buyer: Buyer;
  /** Locked, before this sale. */
  readonly period: AssignedPeriod;
}

/** Queues the mails that the holder of the line wants about a sale that was just confirmed on the checkout page. */
export async function announceSale(tx: InTransaction<Deps>, { charge, buyer, period }: Sale): Promise<void> {
  const { serviceId, description, amountMinor, taxCode, capturedMinor } = charge;
  const { subscriberId, lineId, holderFrom } = buyer;
  const tenure = { lineId, holderFrom };
  const purchasedAt = tx.clock.now();
  const rateBps = taxRateBps(taxCode, businessDateOf(purchasedAt, tx.config.timeZone), tx.config.taxRates);
  await announcePurchase(tx, {
    chargeId: charge.id,
    serviceId,
    description,
    amountMinor,
    taxPercent: rateBps / 100,
    purchasedAt,
    invoiceMonth: capturedMinor == null ? null : period.period,
    subscriberId,
    tenure,
  });
  if (capturedMinor == null) return;
  const spentMinor = period.bookedMinor + capturedMinor;
  await announceSpending(tx, {
    ...tenure,
    period: period.period,
    closingGroup: period.closingGroup,
    spentMinor,
  });
}
