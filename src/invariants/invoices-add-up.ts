import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const invoiceIsItems = sqlRule('an invoice is the count and the sum of its items', ({ period }) => ({
  checks: sql`line_invoice WHERE ${period('billing_period')}`,
  broken: sql`
    SELECT billing_period, closing_group, line_id, holder_from, SUM(invoiced) AS invoice_total,
      SUM(item_total) AS items_total, SUM(invoiced_items) AS invoice_items, SUM(items) AS items
    FROM (
      SELECT billing_period, closing_group, line_id, holder_from, total_minor AS invoiced, item_count AS invoiced_items,
        0 AS item_total, 0 AS items FROM line_invoice WHERE ${period('billing_period')}
      UNION ALL
      SELECT billing_period, closing_group, line_id, holder_from, 0, 0, SUM(amount_minor), COUNT(*) FROM invoice_item
      WHERE ${period('billing_period')} GROUP BY billing_period, closing_group, line_id, holder_from
    ) AS u GROUP BY billing_period, closing_group, line_id, holder_from
    HAVING invoice_total <> items_total OR invoice_items <> items OR items = 0`,
}));

const companiesAreInvoices = sqlRule(
  'the invoices of a period are the sum of what its companies billed',
  ({ period }) => ({
    checks: sql`billing_period WHERE ${period('period')}`,
    // A settled company counts with its settlement lines, the others with their items.
    broken: sql`
    SELECT billing_period, closing_group, SUM(invoiced) AS invoices_total, SUM(billed) AS companies_total FROM (
      SELECT billing_period, closing_group, SUM(total_minor) AS invoiced, 0 AS billed FROM line_invoice
      WHERE ${period('billing_period')} GROUP BY billing_period, closing_group
      UNION ALL
      SELECT s.billing_period, p.closing_group, 0, SUM(p.total_minor) FROM settlement s
      JOIN settlement_part p ON p.settlement_id = s.id AND p.kind <> 'bank'
      WHERE ${period('s.billing_period')} GROUP BY s.billing_period, p.closing_group
      UNION ALL
      SELECT i.billing_period, i.closing_group, 0, SUM(i.amount_minor) FROM invoice_item i
      LEFT JOIN settlement s ON s.company_id = i.company_id AND s.billing_period = i.billing_period
      WHERE ${period('i.billing_period')} AND s.id IS NULL GROUP BY i.billing_period, i.closing_group
    ) AS u GROUP BY billing_period, closing_group HAVING invoices_total <> companies_total`,
  }),
);

const taxIsRecomputed = sqlRule(
  'the tax of a closed invoice is that of its items, rounded once per rate and part',
  ({ period }) => ({
    checks: sql`line_invoice_tax WHERE ${period('billing_period')}`,
    broken: sql`
    SELECT u.billing_period, u.closing_group, u.line_id, u.holder_from, u.tax_code, u.tax_rate_bps, SUM(taxed) AS taxed_total,
      SUM(item_total) AS items_total, SUM(of_items) AS items, SUM(wrong) AS wrong_parts
    FROM (
      SELECT billing_period, closing_group, line_id, holder_from, tax_code, tax_rate_bps, total_minor AS taxed, 0 AS item_total, 0 AS of_items,
        tax_minor <> total_minor * CAST(tax_rate_bps AS SIGNED) DIV CAST(10000 + tax_rate_bps AS SIGNED) AS wrong FROM line_invoice_tax
      WHERE ${period('billing_period')}
      UNION ALL
      SELECT billing_period, closing_group, line_id, holder_from, tax_code, tax_rate_bps, 0, SUM(amount_minor), COUNT(*), 0 FROM invoice_item
      WHERE ${period('billing_period')} GROUP BY billing_period, closing_group, line_id, holder_from, tax_code, tax_rate_bps
    ) AS u JOIN billing_period p ON p.period = u.billing_period AND p.closing_group = u.closing_group
    WHERE p.state = 'closed'
    GROUP BY u.billing_period, u.closing_group, u.line_id, u.holder_from, u.tax_code, u.tax_rate_bps
    HAVING taxed_total <> items_total OR wrong_parts > 0 OR items = 0`,
  }),
);

export const invoicesAddUp: Invariant = {
  number: 3,
  name: 'An invoice is the sum of its items; the invoices of a period are the sum of its companies',
  rules: [invoiceIsItems, companiesAreInvoices, taxIsRecomputed],
};
