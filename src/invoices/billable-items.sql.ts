import { sql, type RawBuilder } from 'kysely';
import type { Billable } from './charge-range.queries.ts';

/** Where items come from, as `c`; a refund is a negative item with the description of its charge. */
export const source: Record<Billable, { from: RawBuilder<unknown>; amount: RawBuilder<unknown> }> = {
  charge: { from: sql`charge c FORCE INDEX (charge_to_fold)`, amount: sql`c.captured_minor` },
  refund: { from: sql`refund c FORCE INDEX (refund_to_fold)`, amount: sql`-c.amount_minor` },
};

export const isUnbilled = (table: Billable) =>
  table === 'charge'
    ? sql`NOT EXISTS (SELECT 1 FROM invoice_item i WHERE i.charge_id = c.id AND i.refund_id = '')`
    : sql`NOT EXISTS (SELECT 1 FROM invoice_item i WHERE i.charge_id = c.charge_id AND i.refund_id = c.id)`;

/** The columns of an invoice item, in the order of `selectItems`. */
export const itemColumns = sql`billing_period, closing_group, line_id, holder_from, charge_id, refund_id, company_id, service_id,
  business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late, supplied_on, charge_period`;

/** Charges, or refunds, as the items that they become: what a fold adds and a rehearsal reads. */
export const selectItems = (table: Billable, condition: RawBuilder<unknown>) =>
  table === 'charge'
    ? sql`
  SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from, c.id AS charge_id, '' AS refund_id, c.company_id, c.service_id,
    c.business_date, c.kind, c.description, c.captured_minor AS amount_minor, c.tax_code, c.tax_rate_bps, c.late,
    NULL AS supplied_on, NULL AS charge_period
  FROM ${source.charge.from} WHERE ${condition}`
    : sql`
  SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from, c.charge_id, c.id AS refund_id, c.company_id, c.service_id,
    c.business_date, 'refund' AS kind, o.description, -c.amount_minor AS amount_minor, c.tax_code, c.tax_rate_bps, FALSE AS late,
    o.business_date AS supplied_on, c.charge_period
  FROM ${source.refund.from} STRAIGHT_JOIN charge o ON o.id = c.charge_id WHERE ${condition}`;
