import { sql, type RawBuilder } from 'kysely';
import { constraintOf } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isUnbilled, itemColumns, selectItems, source } from './billable-items.sql.ts';
import { billable, type Billable, type ChargeRange } from './charge-range.queries.ts';

/**
 * Adds the charges and refunds of a range to the invoices of their tenures; returns how many. Expects that none of them is on
 * an invoice yet, so that it only appends; the database refuses the whole range otherwise (`isAlreadyInvoiced`).
 *
 * All statements read the range with share locks (repeatable read), so that they see the same charges even if
 * one more is committed in between. The locks are on a day that is over: captures do not wait for them.
 */
export async function addAllCharges(tx: InTransaction<Deps>, range: ChargeRange): Promise<number> {
  let added = 0;
  for (const table of billable) added += await addWhere(tx, { table, range, condition: sql`` });
  return added;
}

/** Like `addAllCharges`, without those that are on an invoice already or cannot go on one. */
export async function addUnbilledCharges(tx: InTransaction<Deps>, range: ChargeRange): Promise<number> {
  let added = 0;
  for (const table of billable) {
    const condition = sql`AND ${isUnbilled(table)} AND NOT ${isOfOtherGroup}`;
    added += await addWhere(tx, { table, range, condition });
  }
  return added;
}

/**
 * Whether the database refused a range because one of its charges or refunds is on an invoice already, perhaps one that has
 * its number or whose period has closed meanwhile, or because its tenure's invoice is another closing group's.
 */
export function isAlreadyInvoiced(error: unknown): boolean {
  const constraint = constraintOf(error);
  return constraint !== undefined && REFUSALS.has(constraint);
}

const REFUSALS = new Set([
  'PRIMARY',
  'invoice_item_charge',
  'line_invoice_enters_unclosed_period',
  'line_invoice_is_final',
  'line_invoice_keeps_its_group',
]);

/** Lines of a range with a tenure whose invoice of the period belongs to another closing group, and how many items each has. */
export async function listMisplacedLines(tx: InTransaction<Deps>, range: ChargeRange) {
  const misplaced = new Map<string, number>();
  for (const table of billable) {
    const { rows } = await sql<{ lineId: string; count: number | string }>`
      SELECT c.line_id AS lineId, COUNT(*) AS count FROM ${source[table].from}
      WHERE ${within(range)} AND ${isOfOtherGroup} AND ${isUnbilled(table)} GROUP BY c.line_id`.execute(
      sqlOf(tx.em),
    );
    for (const { lineId, count } of rows) misplaced.set(lineId, (misplaced.get(lineId) ?? 0) + Number(count));
  }
  return [...misplaced].map(([lineId, count]) => ({ lineId, count }));
}

const isOfOtherGroup = sql`EXISTS (SELECT 1 FROM line_invoice o
  WHERE o.line_id = c.line_id AND o.holder_from = c.holder_from AND o.billing_period = c.billing_period AND o.closing_group <> c.closing_group)`;

const within = (range: ChargeRange) => sql`
  c.billing_period = ${range.period} AND c.closing_group = ${range.closingGroup}
  AND c.business_date = ${range.businessDate} AND c.line_id > ${range.afterLine} AND c.line_id <= ${range.throughLine}`;

interface Addition {
  readonly table: Billable;
  readonly range: ChargeRange;
  readonly condition: RawBuilder<unknown>;
}

async function addWhere(tx: InTransaction<Deps>, addition: Addition): Promise<number> {
  const { table, range, condition } = addition;
  const query = sqlOf(tx.em);
  // Invoices before items: once the items are there, the condition finds no unbilled charge any more. An invoice
  // of another closing group collides with its unique key, and the trigger refuses to move it.
  await sql`
    INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, item_count, total_minor)
    SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from, COUNT(*), SUM(${source[table].amount})
    FROM ${source[table].from} WHERE ${within(range)} ${condition} GROUP BY c.line_id, c.holder_from
    ON DUPLICATE KEY UPDATE closing_group = VALUES(closing_group),
      item_count = item_count + VALUES(item_count), total_minor = total_minor + VALUES(total_minor)`.execute(
    query,
  );
  const added =
    await sql`INSERT INTO invoice_item (${itemColumns}) ${selectItems(table, sql`${within(range)} ${condition}`)}`.execute(
      query,
    );
  return Number(added.numAffectedRows ?? 0n);
}
