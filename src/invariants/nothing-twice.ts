import { sql } from 'kysely';
import { uniqueKeysAreThere } from './guards.ts';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

/** Except captures: another rule finds a capture on another date than its charge's. */
const postedOnce = sqlRule('no event is posted twice, on whatever business date', {
  checks: sql`ledger_entry`,
  broken: sql`
    SELECT journal_id, kind, COUNT(*) AS entries, MIN(business_date) AS first_date, MAX(business_date) AS last_date
    FROM ledger_entry WHERE kind <> 'capture' GROUP BY journal_id, kind HAVING entries > 1`,
});

const settledOnce = sqlRule('no company is settled twice for a period', {
  checks: sql`settlement`,
  broken: sql`
    SELECT company_id, billing_period, COUNT(*) AS settlements FROM settlement
    GROUP BY company_id, billing_period HAVING settlements > 1`,
});

const invoicedOnce = sqlRule('no tenure of a line has two invoices for a period', {
  checks: sql`line_invoice`,
  broken: sql`
    SELECT line_id, holder_from, billing_period, COUNT(*) AS invoices FROM line_invoice
    GROUP BY line_id, holder_from, billing_period HAVING invoices > 1`,
});

/** Tests prove that a second run changes nothing; this invariant looks for the rows that a doubled run would leave. */
export const nothingTwice: Invariant = {
  number: 6,
  name: 'A finished run that runs again changes nothing',
  rules: [uniqueKeysAreThere, postedOnce, settledOnce, invoicedOnce],
};
