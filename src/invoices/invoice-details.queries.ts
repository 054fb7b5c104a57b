import { sql, type RawBuilder } from 'kysely';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { within, type LineRange } from './invoice-batches.queries.ts';
import { isCompanyOfItem } from './keep-parties.ts';
import { supplierStatus } from './supplier-status.ts';
import type { InvoiceItem } from './invoice-item.entity.ts';
import type { BillingPeriod } from '../billing-periods/billing-period.entity.ts';

/*
 * Rows as the driver returns them: amounts are whole numbers, or text where they are large. Converting them would
 * take several times as long as reading them, and they are only written to a file.
 */

type Minor = number | string;

export type InvoiceFormat = BillingPeriod['invoiceFormat'];

/** Without the plugins of `sqlOf`, which look at every value of every row. */
async function readRows<Row>(deps: Deps, query: RawBuilder<Row>): Promise<Row[]> {
  const { rows } = await query.execute(emOf(deps).getKysely());
  return rows;
}

export interface InvoiceRow {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly number: string | null;
  /** As named on the numbered invoice; none for invoices of older releases. */
  readonly holder?: string | null;
  readonly itemCount: number;
  readonly totalMinor: Minor;
}

/** The invoices of a range, in the order of their numbers. */
export function listInvoices(deps: Deps, range: LineRange): Promise<InvoiceRow[]> {
  return readRows(
    deps,
    sql<InvoiceRow>`
    SELECT l.line_id AS lineId, l.holder_from AS holderFrom, l.number, l.holder, l.item_count AS itemCount,
      l.total_minor AS totalMinor
    FROM line_invoice l WHERE ${within('l', range)} ORDER BY l.line_id, l.holder_from`,
  );
}

export interface ItemRow {
  readonly lineId: string;
  /** Of the invoice. */
  readonly holderFrom: string;
  /** Of the charge: another one where a line that changed hands had one invoice (format 1). */
  readonly boughtBy: string;
  readonly businessDate: string;
  readonly chargeId: string;
  readonly companyId: number;
  readonly serviceId: number;
  readonly part: 'registered' | 'unregistered';
  readonly description: string;
  readonly amountMinor: Minor;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly late: number;
  /** Empty for a charge. */
  readonly refundId: string;
  /** From format 4 on: the kind of a charge, or a refund with the business date and billing period of its charge. */
  readonly kind?: InvoiceItem['kind'];
  readonly suppliedOn?: string | null;
  readonly chargePeriod?: string | null;
}

/**
 * The items of a range in the order of their key, so that nothing is sorted and no name is sent a second time.
 * Items first, because the planner would start from the few companies.
 */
export function listItems(deps: Deps, range: LineRange, format: InvoiceFormat = 4): Promise<ItemRow[]> {
  const [boughtBy, charges] =
    format === 1
      ? [sql`c.holder_from`, sql`STRAIGHT_JOIN charge c ON c.id = i.charge_id`]
      : [sql`i.holder_from`, sql``];
  return readRows(
    deps,
    sql<ItemRow>`
    SELECT i.line_id AS lineId, i.holder_from AS holderFrom, ${boughtBy} AS boughtBy, i.business_date AS businessDate,
      i.charge_id AS chargeId, i.company_id AS companyId, i.service_id AS serviceId, ${supplierStatus} AS part, i.description,
      i.amount_minor AS amountMinor, i.tax_code AS taxCode, i.tax_rate_bps AS taxRateBps, i.late, i.refund_id AS refundId
      ${format < 4 ? sql`` : sql`, i.kind, i.supplied_on AS suppliedOn, i.charge_period AS chargePeriod`}
    FROM invoice_item i STRAIGHT_JOIN closed_period_party co ON ${isCompanyOfItem} ${charges}
    WHERE ${within('i', range)} ORDER BY i.line_id, i.holder_from`,
  );
}

export interface TaxRow {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly part: 'registered' | 'unregistered';
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly totalMinor: Minor;
  readonly taxMinor: Minor;
}

/** Totals and tax by supplier status (column `part`) and rate. */
export function listTaxes(deps: Deps, range: LineRange): Promise<TaxRow[]> {
  return readRows(
    deps,
    sql<TaxRow>`
    SELECT t.line_id AS lineId, t.holder_from AS holderFrom, t.part, t.tax_code AS taxCode, t.tax_rate_bps AS taxRateBps,
      t.total_minor AS totalMinor, t.tax_minor AS taxMinor
    FROM line_invoice_tax t WHERE ${within('t', range)}
    ORDER BY t.line_id, t.holder_from, t.part, t.tax_code DESC, t.tax_rate_bps DESC`,
  );
}

export interface HolderRow {
  readonly lineId: string;
  readonly validFrom: string;
  readonly holder: string;
}

/**
 * All holders, past ones included, of the lines with an invoice in the range that has no holder's name, or in format 1
 * may have two holders. Most lines have had one holder.
 */
export function listHolders(deps: Deps, range: LineRange, format: InvoiceFormat): Promise<HolderRow[]> {
  return readRows(
    deps,
    sql<HolderRow>`
    SELECT h.line_id AS lineId, h.valid_from AS validFrom, h.holder
    FROM (SELECT DISTINCT l.line_id FROM line_invoice l
      WHERE ${within('l', range)} AND (l.holder IS NULL OR ${format} = 1)) i
    STRAIGHT_JOIN line_holder h ON h.line_id = i.line_id ORDER BY h.line_id`,
  );
}
