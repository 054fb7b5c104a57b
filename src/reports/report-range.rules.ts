import {
  addDays,
  addMonths,
  addMonthsToDate,
  lastDayOfMonth,
  monthOf,
} from '../shared/calendar-date.rules.ts';
import type { Grain } from './report-figure.entity.ts';
import type { ReportRange } from './report.types.ts';

/** Most days or months of one report; more are never read for a page. */
export const MAX_STARTS: Readonly<Record<Grain, number>> = { day: 92, month: 36, period: 36 };

export const comparisons = ['previous', 'last-year'] as const;

/** With the time before, as long; or with the same days or months of the year before. */
export type ReportComparison = (typeof comparisons)[number];

/** The days or months of a range, in their order; no more than `MAX_STARTS` and one. */
export function startsOf({ grain, from, through }: ReportRange): string[] {
  const starts: string[] = [];
  for (let start = from; start <= through && starts.length <= MAX_STARTS[grain]; start = next(grain, start))
    starts.push(start);
  return starts;
}

const next = (grain: Grain, start: string) =>
  grain === 'day' ? addDays(start, 1) : `${addMonths(monthOf(start), 1)}-01`;

/** Whether a range has an order, and is not too long for one report. */
export function isReadable(range: ReportRange): boolean {
  const { length } = startsOf(range);
  return length > 0 && length <= MAX_STARTS[range.grain];
}

/** The range with which another is compared. A whole calendar month of days is compared with a whole one. */
export function comparedRange(range: ReportRange, comparison: ReportComparison): ReportRange {
  const { grain, from, through } = range;
  const isWholeMonth = from.endsWith('-01') && through === lastDayOfMonth(monthOf(from));
  if (grain !== 'day' || isWholeMonth) {
    const months = comparison === 'last-year' ? 12 : grain === 'day' ? 1 : startsOf(range).length;
    const [first, last] = [from, through].map((start) => addMonths(monthOf(start), -months)) as [
      string,
      string,
    ];
    return { grain, from: `${first}-01`, through: grain === 'day' ? lastDayOfMonth(last) : `${last}-01` };
  }
  if (comparison === 'last-year')
    return { grain, from: addMonthsToDate(from, -12), through: addMonthsToDate(through, -12) };
  const days = startsOf(range).length;
  return { grain, from: addDays(from, -days), through: addDays(from, -1) };
}
