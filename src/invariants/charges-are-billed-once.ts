import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

/** Reads the index by which charges are folded: it has the order of the items and covers all columns of a charge that are read. */
const billedOrWaiting = sqlRule(
  'a captured charge is on an invoice, or its period is not closed',
  ({ period }) => ({
    checks: sql`charge WHERE state = 'captured' AND ${period('billing_period')}`,
    broken: sql`
    SELECT STRAIGHT_JOIN c.id AS charge_id, c.line_id, c.billing_period, c.closing_group, c.business_date, c.captured_minor
    FROM billing_period p
    JOIN charge c FORCE INDEX (charge_to_fold) ON c.billing_period = p.period AND c.closing_group = p.closing_group
    LEFT JOIN invoice_item i ON i.billing_period = c.billing_period AND i.closing_group = c.closing_group
      AND i.line_id = c.line_id AND i.holder_from = c.holder_from AND i.charge_id = c.id AND i.refund_id = ''
    WHERE p.state = 'closed' AND ${period('p.period')} AND c.captured_minor IS NOT NULL AND i.charge_id IS NULL
      AND (p.invoice_format > 1 OR NOT EXISTS (SELECT 1 FROM invoice_item m WHERE m.charge_id = c.id AND m.refund_id = ''))`,
  }),
);

/** Invoices that were numbered before each tenure had its own: one per line, even if it changed hands. */
const isOfLine = (table: string) => sql`EXISTS (SELECT 1 FROM billing_period f
  WHERE f.period = ${sql.ref(`${table}.billing_period`)} AND f.closing_group = ${sql.ref(`${table}.closing_group`)}
    AND f.invoice_format = 1)`;

const itemIsCharge = sqlRule('an invoice item says what its captured charge says', ({ period }) => ({
  checks: sql`invoice_item WHERE ${period('billing_period')}`,
  broken: sql`
    SELECT i.billing_period, i.closing_group, i.line_id, i.charge_id, i.amount_minor, c.state AS charge_state, c.captured_minor
    FROM invoice_item i
    LEFT JOIN charge c ON c.id = i.charge_id
    WHERE ${period('i.billing_period')} AND i.refund_id = '' AND NOT (c.state <=> 'captured' AND c.captured_minor <=> i.amount_minor AND c.company_id = i.company_id
      AND c.service_id = i.service_id AND c.line_id <=> i.line_id
      AND (c.holder_from <=> i.holder_from OR ${isOfLine('i')})
      AND c.billing_period <=> i.billing_period AND c.closing_group <=> i.closing_group
      AND c.business_date <=> i.business_date AND c.kind = i.kind AND c.late = i.late
      AND c.tax_code = i.tax_code AND c.tax_rate_bps <=> i.tax_rate_bps AND c.description = i.description)`,
}));

const refundBilledOrWaiting = sqlRule(
  'a refund is on an invoice, goes by bank, or its period is not closed',
  ({ period }) => ({
    checks: sql`refund WHERE ${period('billing_period')}`,
    broken: sql`
    SELECT r.id AS refund_id, r.charge_id, r.line_id, r.billing_period, r.closing_group, r.business_date, r.amount_minor
    FROM billing_period p
    JOIN refund r ON r.billing_period = p.period AND r.closing_group = p.closing_group
    LEFT JOIN invoice_item i ON i.charge_id = r.charge_id AND i.refund_id = r.id
    WHERE p.state = 'closed' AND ${period('p.period')} AND i.charge_id IS NULL`,
  }),
);

const bankRefundIsRefund = sqlRule('a refund by bank waits, is paid or is cancelled, with its amount', {
  checks: sql`bank_refund`,
  broken: sql`
    SELECT refund_id, SUM(refunds) AS refunds, SUM(by_bank) AS by_bank FROM (
      SELECT id AS refund_id, amount_minor, 1 AS refunds, 0 AS by_bank FROM refund WHERE kind = 'bank'
      UNION ALL
      SELECT refund_id, amount_minor, 0, 1 FROM bank_refund
    ) AS u GROUP BY refund_id, amount_minor HAVING refunds <> 1 OR by_bank <> 1`,
});

const itemIsRefund = sqlRule(
  'a refund item says what its refund and the refunded charge say',
  ({ period }) => ({
    checks: sql`invoice_item WHERE ${period('billing_period')} AND refund_id <> ''`,
    broken: sql`
    SELECT i.billing_period, i.closing_group, i.line_id, i.charge_id, i.refund_id, i.amount_minor, r.kind AS refund_kind, r.amount_minor AS refunded_minor
    FROM invoice_item i
    LEFT JOIN refund r ON r.id = i.refund_id
    LEFT JOIN charge c ON c.id = i.charge_id
    WHERE ${period('i.billing_period')} AND i.refund_id <> '' AND NOT (r.kind <=> 'invoice' AND r.charge_id = i.charge_id
      AND r.amount_minor = -i.amount_minor AND r.company_id = i.company_id AND r.service_id = i.service_id
      AND r.line_id = i.line_id AND r.holder_from = i.holder_from AND r.billing_period = i.billing_period
      AND r.closing_group = i.closing_group AND r.business_date = i.business_date AND i.kind = 'refund' AND NOT i.late
      AND r.tax_code = i.tax_code AND r.tax_rate_bps = i.tax_rate_bps AND r.charge_period <=> i.charge_period
      AND c.business_date <=> i.supplied_on AND c.description <=> i.description)`,
  }),
);

const itemOnce = sqlRule('a charge and each refund is on one invoice at most', {
  checks: sql`invoice_item`,
  broken: sql`SELECT charge_id, refund_id, COUNT(*) AS items FROM invoice_item GROUP BY charge_id, refund_id HAVING items > 1`,
});

export const chargesAreBilledOnce: Invariant = {
  number: 2,
  name: 'Each captured charge and each refund is in exactly one invoice item, waits in exactly one open period, or goes by bank',
  rules: [billedOrWaiting, itemIsCharge, refundBilledOrWaiting, bankRefundIsRefund, itemIsRefund, itemOnce],
};
