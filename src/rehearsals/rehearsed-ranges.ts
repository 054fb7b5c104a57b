import { sql, type RawBuilder } from 'kysely';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isUnbilled, itemColumns, selectItems } from '../invoices/billable-items.sql.ts';
import { AFTER_ALL_LINES, findEndLine } from '../invoices/charge-range.queries.ts';
import { listUnbilledDates } from '../invoices/unbilled-dates.queries.ts';
import { sumBilled, type BilledCompany } from '../settlements/billed-companies.queries.ts';
import type { ItemSource } from '../settlements/item-source.ts';
import { compare } from '../shared/calendar-date.rules.ts';

/** Items of a range, about: the database holds them in memory while it sums them up. */
const ITEMS_PER_RANGE = 20_000;

/** What the close of a group would prove of a range of its lines. */
export interface RehearsedRange {
  readonly invoiceCount: number;
  readonly itemCount: number;
  readonly unbilledCount: number;
  readonly totalMinor: bigint;
  readonly companies: ReadonlyMap<number, BilledCompany>;
}

/**
 * Reads a closing group in ranges of lines: what is on invoices, and what a fold would add to them now. Each range is one snapshot
 * without a lock. A line has one closing group in a month, so the sums and counts of ranges, and of groups, add up.
 */
export async function* readRanges(
  deps: Deps,
  key: PeriodKey & { readonly isClosed: boolean },
  itemsPerRange: number = ITEMS_PER_RANGE,
): AsyncGenerator<RehearsedRange> {
  // Nothing enters a closed period any more.
  const dates = key.isClosed ? [] : await listUnbilledDates(deps, key);
  for (let afterLine = ''; afterLine < AFTER_ALL_LINES;) {
    const throughLine = await findRangeEnd(deps, key, { afterLine, dates, size: itemsPerRange });
    const source = sourceOf(key, { afterLine, throughLine, dates });
    yield await inTransaction(deps, (tx) => readRange(tx, key, source), { isolation: 'repeatable read' });
    afterLine = throughLine;
  }
}

interface Cut {
  readonly afterLine: string;
  readonly dates: readonly string[];
  readonly size: number;
}

/** The last line of a range with about as many items, and charges of each date that is not folded. */
async function findRangeEnd(
  deps: Deps,
  { period, closingGroup }: PeriodKey,
  { afterLine, dates, size }: Cut,
): Promise<string> {
  const range = { period, closingGroup, afterLine, throughLine: AFTER_ALL_LINES };
  const ends = [];
  for (const businessDate of dates) ends.push(await findEndLine(deps, { ...range, businessDate }, size));
  const item = await sqlOf(emOf(deps))
    .selectFrom('invoice_item')
    .select('lineId')
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .where('lineId', '>', afterLine)
    .orderBy('lineId')
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst();
  return [...ends, item?.lineId ?? AFTER_ALL_LINES].sort(compare)[0]!;
}

function sourceOf(
  { period, closingGroup }: PeriodKey,
  { afterLine, throughLine, dates }: Omit<Cut, 'size'> & { readonly throughLine: string },
): ItemSource {
  const within = (at: string): RawBuilder<unknown> => {
    const column = (name: string) => sql.ref(`${at}.${name}`);
    return sql`${column('billing_period')} = ${period} AND ${column('closing_group')} = ${closingGroup}
      AND ${column('line_id')} > ${afterLine} AND ${column('line_id')} <= ${throughLine}`;
  };
  const invoiced = sql`SELECT ${itemColumns} FROM invoice_item v WHERE ${within('v')}`;
  const unbilled = (table: 'charge' | 'refund') =>
    selectItems(
      table,
      sql`${within('c')} AND c.business_date IN (${sql.join(dates)}) AND ${isUnbilled(table)}`,
    );
  const items =
    dates.length === 0
      ? sql`(${invoiced})`
      : sql`(${invoiced} UNION ALL ${unbilled('charge')} UNION ALL ${unbilled('refund')})`;
  return {
    items,
    itemsByKey: sql`${items} i`,
    ofLine: (month) => sql`${items} i WHERE i.line_id = n.line_id AND i.billing_period = ${month}`,
    ofLines: sql`AND r.line_id > ${afterLine} AND r.line_id <= ${throughLine}`,
  };
}

type Sum = number | string | null;

async function readRange(deps: Deps, { period }: PeriodKey, source: ItemSource): Promise<RehearsedRange> {
  const { rows } = await sql<{ invoices: Sum; items: Sum; unbilled: Sum; total: Sum }>`
    SELECT COUNT(DISTINCT i.line_id, i.holder_from) AS invoices, COUNT(*) AS items, SUM(i.amount_minor) AS total,
      SUM(NOT EXISTS (SELECT 1 FROM invoice_item f WHERE f.charge_id = i.charge_id AND f.refund_id = i.refund_id)) AS unbilled
    FROM ${source.items} i`.execute(sqlOf(emOf(deps)));
  const { invoices, items, unbilled, total } = rows[0]!;
  return {
    invoiceCount: Number(invoices),
    itemCount: Number(items),
    unbilledCount: Number(unbilled ?? 0),
    totalMinor: BigInt(total ?? 0),
    companies: await sumBilled(deps, period, source),
  };
}
