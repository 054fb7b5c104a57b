import { sql, type RawBuilder } from 'kysely';
import { constraintOf } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** The charges of one business date in a billing period, of the lines after `afterLine` through `throughLine`. */
export interface ChargeRange extends PeriodKey {
  readonly businessDate: string;
  readonly afterLine: string;
  readonly throughLine: string;
}

/**
 * Whether the database refused a chunk because a charge of it is on an invoice already, perhaps one that was numbered
 * or whose period closed meanwhile, or its tenure's invoice is another group's.
 */
export function isFoldRefused(error: unknown): boolean {
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

/** Sorts after every line ID. */
export const AFTER_ALL_LINES = '~';

/**
 * Where a chunk at the beginning of a range ends: at the line of its last charge. Whole lines, so that an
 * invoice is touched once for a business date; a chunk may be longer by the rest of one line's day.
 */
export async function findChunkEnd(deps: Deps, range: ChargeRange, chunkSize: number): Promise<string> {
  const row = await chargesIn(deps, range)
    .select('lineId')
    .orderBy('lineId')
    .limit(1)
    .offset(chunkSize - 1)
    .executeTakeFirst();
  return row?.lineId ?? range.throughLine;
}

/** The charges of a range, from the index by which they are folded. */
export function chargesIn(deps: Deps, range: ChargeRange) {
  return sqlOf(emOf(deps))
    .selectFrom('charge')
    .where('billingPeriod', '=', range.period)
    .where('closingGroup', '=', range.closingGroup)
    .where('businessDate', '=', range.businessDate)
    .where('lineId', '>', range.afterLine)
    .where('lineId', '<=', range.throughLine);
}

/**
 * Puts the charges of a range onto the invoices of their tenures; returns how many. Expects none of them there
 * yet and is then a plain append; the database refuses if one is (`isFoldRefused`).
 *
 * Both statements read the range with share locks (repeatable read), so they see the same charges even if
 * one more is committed in between. The locks are on a day that is over: intake does not wait for them.
 */
export async function foldFreshRange(tx: InTransaction<Deps>, range: ChargeRange): Promise<number> {
  return foldWhere(tx, range, sql``);
}

/** The same for a range of which some charges may be on an invoice already, or cannot go on one: those are left out. */
export async function foldRestOfRange(tx: InTransaction<Deps>, range: ChargeRange): Promise<number> {
  return foldWhere(tx, range, sql`AND ${notFolded} AND NOT ${inOtherGroup}`);
}

/** Lines of a range with a tenure whose invoice of the period belongs to another closing group, with their charges left over. */
export async function listMisplacedLines(tx: InTransaction<Deps>, range: ChargeRange) {
  const { rows } = await sql<{ lineId: string; count: number | string }>`
    SELECT c.line_id AS lineId, COUNT(*) AS count FROM charge c FORCE INDEX (charge_to_fold)
    WHERE ${within(range)} AND ${inOtherGroup} AND ${notFolded} GROUP BY c.line_id`.execute(sqlOf(tx.em));
  return rows.map((row) => ({ lineId: row.lineId, count: Number(row.count) }));
}

const notFolded = sql`NOT EXISTS (SELECT 1 FROM invoice_item i WHERE i.charge_id = c.id)`;
const inOtherGroup = sql`EXISTS (SELECT 1 FROM line_invoice o
  WHERE o.line_id = c.line_id AND o.holder_from = c.holder_from AND o.billing_period = c.billing_period AND o.closing_group <> c.closing_group)`;

const within = (range: ChargeRange) => sql`
  c.billing_period = ${range.period} AND c.closing_group = ${range.closingGroup}
  AND c.business_date = ${range.businessDate} AND c.line_id > ${range.afterLine} AND c.line_id <= ${range.throughLine}`;

async function foldWhere(
  tx: InTransaction<Deps>,
  range: ChargeRange,
  condition: RawBuilder<unknown>,
): Promise<number> {
  const query = sqlOf(tx.em);
  // First, because afterwards every charge of the range is folded and the condition finds none. An invoice
  // of another closing group is hit by its unique key, and the trigger refuses to move it.
  await sql`
    INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, item_count, total_minor)
    SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from, COUNT(*), SUM(c.captured_minor)
    FROM charge c FORCE INDEX (charge_to_fold) WHERE ${within(range)} ${condition} GROUP BY c.line_id, c.holder_from
    ON DUPLICATE KEY UPDATE closing_group = VALUES(closing_group),
      item_count = item_count + VALUES(item_count), total_minor = total_minor + VALUES(total_minor)`.execute(
    query,
  );
  const items = await sql`
    INSERT INTO invoice_item (billing_period, closing_group, line_id, holder_from, charge_id, company_id, service_id,
      business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late)
    SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from, c.id, c.company_id, c.service_id,
      c.business_date, c.kind, c.description, c.captured_minor, c.tax_code, c.tax_rate_bps, c.late
    FROM charge c FORCE INDEX (charge_to_fold) WHERE ${within(range)} ${condition}`.execute(query);
  return Number(items.numAffectedRows ?? 0n);
}
