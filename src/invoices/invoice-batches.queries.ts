import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** The lines of a billing period after `afterLine` through `throughLine`. */
export interface LineRange extends PeriodKey {
  readonly afterLine: string;
  readonly throughLine: string;
}

/** A range of lines and how many invoices it has: at least one. */
export interface InvoiceBatch extends LineRange {
  readonly invoices: number;
}

/** Cuts the invoices of a range into batches of at most `size` lines, each with all of its invoices, in the order of the lines. */
export async function* streamInvoiceBatches(
  deps: Deps,
  { throughLine: last, ...range }: LineRange,
  size: number,
): AsyncGenerator<InvoiceBatch> {
  for (let { afterLine } = range; ;) {
    const whole = { ...range, afterLine, throughLine: last };
    const { rows } = await sql<{ throughLine: string | null; invoices: number | string }>`
      SELECT MAX(next.line_id) AS throughLine, COALESCE(SUM(next.invoices), 0) AS invoices FROM (
        SELECT l.line_id, COUNT(*) AS invoices FROM line_invoice l FORCE INDEX (PRIMARY) WHERE ${within('l', whole)}
        GROUP BY l.line_id ORDER BY l.line_id LIMIT ${size}) next`.execute(sqlOf(emOf(deps)));
    const end = rows[0];
    if (!end || end.throughLine === null) return;
    yield { ...whole, throughLine: end.throughLine, invoices: Number(end.invoices) };
    afterLine = end.throughLine;
  }
}

/** Condition of a statement on a table of invoices or of what belongs to them. */
export const within = (table: string, range: LineRange) => sql`
  ${sql.ref(`${table}.billing_period`)} = ${range.period} AND ${sql.ref(`${table}.closing_group`)} = ${range.closingGroup}
  AND ${sql.ref(`${table}.line_id`)} > ${range.afterLine} AND ${sql.ref(`${table}.line_id`)} <= ${range.throughLine}`;
