import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { InvoicedAmount } from './allocation.rules.ts';

/** An item of a numbered invoice: a charge, or a refund. */
export interface ChargeItem extends InvoicedAmount {
  readonly number: string;
  readonly lineId: string;
  readonly holderFrom: string;
}

/** The items of invoices, by the invoice's number. */
export async function readInvoiceItems(
  tx: InTransaction<Deps>,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly ChargeItem[]>> {
  if (numbers.length === 0) return new Map();
  const rows = await queryRows<
    Omit<ChargeItem, 'isRefund' | 'amountMinor'> & { refundId: string; amountMinor: number | string }
  >(
    tx.em,
    `SELECT l.number, l.line_id AS lineId, l.holder_from AS holderFrom, i.company_id AS companyId, i.charge_id AS chargeId,
       i.refund_id AS refundId, i.amount_minor AS amountMinor
     FROM line_invoice l STRAIGHT_JOIN invoice_item i ON i.billing_period = l.billing_period AND i.closing_group = l.closing_group
       AND i.line_id = l.line_id AND i.holder_from = l.holder_from
     WHERE l.number IN (?)`,
    [numbers],
  );
  return Map.groupBy(
    rows.map(({ refundId, amountMinor, ...row }) => ({
      ...row,
      isRefund: refundId !== '',
      amountMinor: BigInt(amountMinor),
    })),
    ({ number }) => number,
  );
}
