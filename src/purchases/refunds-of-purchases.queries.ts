import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A refund of a purchase, with the invoice that deducts it, or what has become of it at the bank. */
export type RefundOfPurchase = Awaited<ReturnType<typeof selectRefunds>>[number];

/** The refunds of purchases by their charge, the oldest first. Whose the charges are is for the caller to know. */
export async function readRefunds(
  deps: Deps,
  chargeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RefundOfPurchase[]>> {
  if (chargeIds.length === 0) return new Map();
  return Map.groupBy(await selectRefunds(deps, chargeIds), ({ chargeId }) => chargeId);
}

function selectRefunds(deps: Deps, chargeIds: readonly string[]) {
  return sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .leftJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'r.billingPeriod').onRef('b.closingGroup', '=', 'r.closingGroup'),
    )
    .leftJoin('line_invoice as l', (join) =>
      join
        .onRef('l.billingPeriod', '=', 'r.billingPeriod')
        .onRef('l.closingGroup', '=', 'r.closingGroup')
        .onRef('l.lineId', '=', 'r.lineId')
        .onRef('l.holderFrom', '=', 'r.holderFrom'),
    )
    .leftJoin('bank_refund as k', 'k.refundId', 'r.id')
    .select(['r.id', 'r.chargeId', 'r.amountMinor', 'r.kind', 'r.businessDate', 'r.billingPeriod'])
    .select(['b.state as periodState', 'l.number as invoiceNumber'])
    .select(['k.state as bankState', 'k.payableMinor', 'k.lateMinor', 'k.paidMinor', 'k.paidOn'])
    .where('r.chargeId', 'in', chargeIds)
    .orderBy('r.chargeId')
    .orderBy('r.refundedBeforeMinor')
    .execute();
}
