import { sql, type RawBuilder } from 'kysely';
import { addMonths } from '../shared/calendar.rules.ts';
import type { MonthsToRead } from './invariant.types.ts';

/** Conditions on a column that limit rows to the months to read. */
export interface Within {
  /** Of a billing period. */
  period(column: string): RawBuilder<unknown>;
  /** Of a date. */
  date(column: string): RawBuilder<unknown>;
}

/** The conditions for some months, or for all. */
export function within(months: MonthsToRead | undefined): Within {
  if (!months) return { period: () => sql`TRUE`, date: () => sql`TRUE` };
  return {
    period: (column) => inMonths(column, months, (month) => month),
    date: (column) => inMonths(column, months, (month) => `${month}-01`),
  };
}

function inMonths(column: string, { since, also }: MonthsToRead, beginOf: (month: string) => string) {
  const value = sql.ref(column);
  const isRecent = sql`${value} >= ${beginOf(since)}`;
  if (also === undefined) return isRecent;
  const isOfOther = sql`${value} >= ${beginOf(also)} AND ${value} < ${beginOf(addMonths(also, 1))}`;
  return sql`(${isRecent} OR (${isOfOther}))`;
}

/** The same condition for one given period. */
export function isToRead(period: string, months: MonthsToRead | undefined): boolean {
  return !months || period >= months.since || period === months.also;
}
