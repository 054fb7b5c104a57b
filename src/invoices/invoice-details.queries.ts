import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import { supplierPart } from './supplier-part.ts';

/** The numbered invoices of a period that follow a line, in the order of their numbers. */
export function listInvoices(deps: Deps, { key, afterLine, limit }: InvoicePage) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(['lineId', 'number', 'itemCount', 'totalMinor'])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('lineId', '>', afterLine)
    .orderBy('lineId')
    .limit(limit)
    .execute();
}

interface InvoicePage {
  readonly key: PeriodKey;
  readonly afterLine: string;
  readonly limit: number;
}

/** Lines of a period from the first to the last, both inclusive. */
interface LineRange {
  readonly key: PeriodKey;
  readonly firstLine: string;
  readonly lastLine: string;
}

/** An item as the driver gives it: amounts are whole numbers, as text where they are large. */
export interface ItemRow {
  readonly lineId: string;
  readonly chargeId: string;
  readonly businessDate: string;
  readonly description: string;
  readonly amountMinor: number | string;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly late: number;
  readonly holder: string | null;
  readonly company: string;
  readonly registrationNumber: string | null;
  readonly service: string;
  readonly part: 'registered' | 'unregistered';
}

/**
 * Items in the order in which an invoice shows them: by holder, by date, by charge. Plain SQL, because the
 * conversion of columns takes five times as long as the query; items first, in the order of their key,
 * because the planner would start from the few companies.
 */
export async function listItems(deps: Deps, { key, firstLine, lastLine }: LineRange): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    SELECT STRAIGHT_JOIN i.line_id AS lineId, i.charge_id AS chargeId, CAST(i.business_date AS CHAR) AS businessDate,
      i.description, i.amount_minor AS amountMinor, i.tax_code AS taxCode, i.tax_rate_bps AS taxRateBps, i.late,
      h.holder, co.name AS company, co.registration_number AS registrationNumber, s.name AS service,
      ${supplierPart} AS part
    FROM invoice_item i
    JOIN company co ON co.id = i.company_id
    JOIN service s ON s.id = i.service_id
    LEFT JOIN line_holder h ON h.line_id = i.line_id AND h.valid_from = i.holder_from
    WHERE i.billing_period = ${key.period} AND i.closing_group = ${key.closingGroup}
      AND i.line_id >= ${firstLine} AND i.line_id <= ${lastLine}
    ORDER BY i.line_id, i.holder_from, i.business_date, i.charge_id`.execute(sqlOf(emOf(deps)));
  return rows;
}

/** Totals and tax per part and rate. */
export function listTaxes(deps: Deps, { key, firstLine, lastLine }: LineRange) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(['lineId', 'part', 'taxCode', 'taxRateBps', 'totalMinor', 'taxMinor'])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('lineId', '>=', firstLine)
    .where('lineId', '<=', lastLine)
    .orderBy('lineId')
    .orderBy('part')
    .orderBy('taxCode', 'desc')
    .orderBy('taxRateBps', 'desc')
    .execute();
}

export type InvoiceRow = Awaited<ReturnType<typeof listInvoices>>[number];
export type TaxRow = Awaited<ReturnType<typeof listTaxes>>[number];
