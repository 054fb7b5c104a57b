import type { HourOfSales } from '../../../reports/hours-of-company.queries.ts';
import type { ReportSums } from '../../../reports/report.types.ts';
import { addDays, addMonths, lastDayOfMonth, monthOf } from '../../../shared/calendar-date.rules.ts';

/** Charges and what they come to. */
export interface CountedSales {
  readonly count: number;
  readonly minor: bigint;
}

const NONE: CountedSales = { count: 0, minor: 0n };

/** What was sold on a date by the time of day that it is now, or on all of it. */
export function salesOfDate(
  hours: readonly HourOfSales[],
  date: string,
  part: 'so-far' | 'whole',
): CountedSales {
  return hours
    .filter(({ businessDate }) => businessDate === date)
    .reduce(
      (sum, hour) => ({
        count: sum.count + (part === 'whole' ? hour.chargeCount : hour.soFarCount),
        minor: sum.minor + (part === 'whole' ? hour.chargedMinor : hour.soFarMinor),
      }),
      NONE,
    );
}

/** What was sold in each hour of a date. */
export function salesByHour(hours: readonly HourOfSales[], date: string): readonly bigint[] {
  const sums = Array.from({ length: 24 }, () => 0n);
  for (const { businessDate, hour, chargedMinor } of hours)
    if (businessDate === date) sums[hour] = (sums[hour] ?? 0n) + chargedMinor;
  return sums;
}

/** The sums of days from the first of a month through a day. */
export function salesThrough(
  days: ReadonlyMap<string, ReportSums>,
  { month, through }: { readonly month: string; readonly through: string },
): CountedSales {
  let [count, minor] = [0, 0n];
  for (const [date, sums] of days) {
    if (!date.startsWith(month) || date > through) continue;
    count += Number(sums['chargeCount'] ?? 0n);
    minor += sums['chargedMinor'] ?? 0n;
  }
  return { count, minor };
}

export const addSales = (one: CountedSales, other: CountedSales): CountedSales => ({
  count: one.count + other.count,
  minor: one.minor + other.minor,
});

/** The day of the month before with the same number as a date, or its last day: 2026-03-31 → 2026-02-28. */
export function sameDayOf(date: string, lastDayBefore: string): string {
  const day = date.slice(8);
  return day <= lastDayBefore.slice(8) ? `${lastDayBefore.slice(0, 8)}${day}` : lastDayBefore;
}

/** Months that are compared by their whole days: the one of yesterday through it, and the one before through the same day. */
export interface ComparedMonths {
  readonly yesterday: string;
  readonly month: string;
  readonly before: string;
  /** The day of the month before through which it is compared. */
  readonly sameDay: string;
}

/** The months to compare on a date. On the first of a month that is the last one, which is whole then, and the one before it. */
export function monthsToCompare(today: string): ComparedMonths {
  const yesterday = addDays(today, -1);
  const month = monthOf(yesterday);
  const before = addMonths(month, -1);
  return { yesterday, month, before, sameDay: sameDayOf(yesterday, lastDayOfMonth(before)) };
}

/** How much more or less in tenths of a percent, as `+12.3%`; a dash where there is nothing to compare with. */
export function changeOf(now: bigint, before: bigint): string {
  if (before <= 0n) return '–';
  const difference = now < before ? before - now : now - before;
  const tenths = (difference * 2_000n + before) / (before * 2n);
  const sign = tenths === 0n ? '±' : now < before ? '−' : '+';
  return `${sign}${tenths / 10n}.${tenths % 10n}%`;
}
