import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compare } from '../shared/calendar-date.rules.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/** The charges and refunds of one business date in a billing period, of the lines after `afterLine` through `throughLine`. */
export interface ChargeRange extends PeriodKey {
  readonly businessDate: string;
  readonly afterLine: string;
  readonly throughLine: string;
}

/** Sorts after every line ID. */
export const AFTER_ALL_LINES = '~';

/** Every line of a period. */
export const ALL_LINES = { afterLine: '', throughLine: AFTER_ALL_LINES };

/** What becomes an item of an invoice; both tables have an index in the order in which they are folded. */
export const billable = ['charge', 'refund'] as const;

export type Billable = (typeof billable)[number];

/** The charges or refunds of a range, from the index by which they are folded. */
export function billablesIn(deps: Deps, table: Billable, range: ChargeRange) {
  return sqlOf(emOf(deps))
    .selectFrom(table)
    .where('billingPeriod', '=', range.period)
    .where('closingGroup', '=', range.closingGroup)
    .where('businessDate', '=', range.businessDate)
    .where('lineId', '>', range.afterLine)
    .where('lineId', '<=', range.throughLine);
}

/** How many charges and refunds a range has. */
export async function countBillables(deps: Deps, range: ChargeRange): Promise<number> {
  const counts = await Promise.all(
    billable.map((table) =>
      billablesIn(deps, table, range)
        .select(sql<string>`COUNT(*)`.as('count'))
        .executeTakeFirstOrThrow(),
    ),
  );
  return counts.reduce((sum, { count }) => sum + Number(count), 0);
}

/**
 * The line of the charge at position `size` of a range, or of the refund at that position if it comes first; the last line of
 * the range when it has fewer of both. Two steps in the indexes: the lines through it have at most `size` charges and `size`
 * refunds, besides those of the last line.
 */
export async function findEndLine(deps: Deps, range: ChargeRange, size: number): Promise<string> {
  const rows = await Promise.all(
    billable.map((table) =>
      billablesIn(deps, table, range)
        .select('lineId')
        .orderBy('lineId')
        .limit(1)
        .offset(size - 1)
        .executeTakeFirst(),
    ),
  );
  const ends = rows.map((row) => row?.lineId ?? range.throughLine);
  return ends.sort(compare)[0] ?? range.throughLine;
}
