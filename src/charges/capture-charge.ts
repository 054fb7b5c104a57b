import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { getSeller, type Seller } from '../companies/seller.queries.ts';
import { assignBillingPeriods } from '../invoices/assign-billing-period.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { getClosingGroup } from '../lines/closing-group.queries.ts';
import { addSpend, takeBackSpend } from '../lines/line-spend.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { taxRateBps } from '../shared/tax.rules.ts';
import { assertMove } from './charge.rules.ts';
import type { Charge } from './charge.entity.ts';
import { captureEntries } from './charge-entries.rules.ts';
import { lockCharge } from './lock-charge.ts';

interface Capture {
  readonly companyId: number;
  readonly chargeId: string;
  /** At most the authorized amount, which is the default. */
  readonly amountMinor?: bigint | undefined;
}

/**
 * Captures an authorized charge: from now on it is owed by the line and to the company. Business date,
 * billing period and tax rate are fixed here, once.
 * @throws Problem `charge-not-found`, `illegal-state`, `amount-above-authorized`, `period-closed`, and those of the seller.
 */
export function captureCharge(deps: Deps, input: Capture): Promise<Charge> {
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, input.chargeId, input.companyId);
    assertMove(charge.state, 'captured');
    const capturedAt = tx.clock.now();
    if (charge.openUntil && charge.openUntil <= capturedAt) {
      throw new Problem('illegal-state', {
        detail: 'The authorization has run out; it is released tonight.',
        facts: { state: 'expired' },
      });
    }
    const amountMinor = input.amountMinor ?? charge.amountMinor;
    if (amountMinor > charge.amountMinor) {
      throw new Problem('amount-above-authorized', { facts: { authorized: Number(charge.amountMinor) } });
    }
    const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
    const seller = await getSeller(tx, {
      companyId: charge.companyId,
      service: { id: charge.serviceId },
      businessDate,
    });
    return captureAuthorized(tx, { charge, seller, amountMinor, capturedAt });
  });
}

interface AuthorizedCapture {
  readonly charge: Charge;
  readonly seller: Seller;
  readonly amountMinor: bigint;
  readonly capturedAt: Date;
}

/** The second half of a capture, for a charge that is authorized and locked in this transaction. */
export async function captureAuthorized(
  tx: InTransaction<Deps>,
  { charge, seller, amountMinor, capturedAt }: AuthorizedCapture,
): Promise<Charge> {
  const { lineId, reservedPeriod } = charge;
  if (lineId == null || reservedPeriod == null) throw new Error(`charge ${charge.id} has no buyer`);
  const businessDate = businessDateOf(capturedAt, tx.config.timeZone);
  const closingGroup = await getClosingGroup(tx, lineId);
  const [period] = await assignBillingPeriods(tx, [{ lineId, closingGroup, businessDate }]);
  if (!period) throw new Error('no billing period was assigned');
  if (period.late && seller.lateCharges === 'refuse') throw new Problem('period-closed');
  const heldMinor = charge.automaticCapture ? 0n : charge.amountMinor;
  await takeBackSpend(tx, [{ lineId, period: reservedPeriod, amountMinor: charge.amountMinor }]);
  await addSpend(tx, [{ lineId, period: period.period, amountMinor }]);
  Object.assign(charge, {
    state: 'captured',
    capturedMinor: amountMinor,
    capturedAt,
    businessDate,
    billingPeriod: period.period,
    closingGroup: period.closingGroup,
    late: period.late,
    taxRateBps: taxRateBps(charge.taxCode, businessDate, tx.config.taxRates),
    reservedPeriod: period.period,
    openUntil: null,
  });
  await tx.em.flush();
  await postEntries(
    tx,
    captureEntries({
      id: charge.id,
      companyId: charge.companyId,
      businessDate,
      billingPeriod: period.period,
      amountMinor,
      heldMinor,
    }),
  );
  return charge;
}
