import {
  addDays,
  addMonths,
  billingPeriodOf,
  businessDateOf,
  dayOfMonth,
  lastClosingDateOf,
  periodRange,
  startOfBusinessDate,
  type ClosingGroup,
} from '../../../src/shared/calendar.rules.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** When the night of a business date begins, after its midnight: the files of the day have come in by then. */
export const NIGHT_AFTER_MS = 30 * MINUTE_MS;

/** How many months after the demo's the settlement of the month after it is paid, at their end. */
const MONTHS_TO_PAYMENT = 3;
/** The month's end. */
const LAST_DAY = 31;
/** Days before the end on which people buy again. */
const LAST_DAYS = 6;

/**
 * The days of a demo world: every day from the first of its month until its last closing group has closed, then those on which
 * something comes of it, until the settlement of the month after is paid.
 */
export interface DemoCalendar {
  readonly month: string;
  readonly timeZone: string;
  /** Day before the first, on which the world is set up. */
  readonly setUpDate: string;
  readonly firstDate: string;
  /** The last of the days that are lived through one by one. */
  readonly lastDate: string;
  /** From the first date through the last one: things are sold on each. */
  readonly dates: readonly string[];
  /** The last days of the world: things are sold again, so that it ends with a month that is open. */
  readonly lastDays: readonly string[];
  readonly endDate: string;
  /** Instant on a business date, `ms` after its midnight. */
  instant(date: string, ms: number): number;
  businessDate(instant: number): string;
  /** The billing period an instant belongs to on a line of this group. */
  period(instant: number, group: ClosingGroup): string;
  /** The dates of the month's period of a group that lie in the world, or those outside it. */
  datesOf(group: ClosingGroup, where: 'inside' | 'outside'): readonly string[];
}

export function createCalendar(month: string, timeZone: string): DemoCalendar {
  const firstDate = `${month}-01`;
  const lastDate = lastClosingDateOf(month);
  const endDate = dayOfMonth(addMonths(month, MONTHS_TO_PAYMENT), LAST_DAY);
  const dates = listDates(firstDate, lastDate);
  const lastDays = listDates(addDays(endDate, 1 - LAST_DAYS), endDate);
  const businessDate = (instant: number) => businessDateOf(new Date(instant), timeZone);
  const datesByGroup = new Map<string, readonly string[]>();
  const listDatesOf = (group: ClosingGroup, where: 'inside' | 'outside') => {
    const { startsOn, closesOn } = periodRange(month, group);
    const isInside = (date: string) => date >= startsOn && date <= closesOn;
    return [...dates, ...lastDays].filter((date) => isInside(date) === (where === 'inside'));
  };
  return {
    month,
    timeZone,
    setUpDate: addDays(firstDate, -1),
    firstDate,
    lastDate,
    dates,
    lastDays,
    endDate,
    instant: (date, ms) => startOfBusinessDate(date, timeZone).getTime() + ms,
    businessDate,
    period: (instant, group) => billingPeriodOf(businessDate(instant), group),
    datesOf: (group, where) => {
      const key = `${group}|${where}`;
      const known = datesByGroup.get(key) ?? listDatesOf(group, where);
      datesByGroup.set(key, known);
      return known;
    },
  };
}

/** All dates from the first through the last one. */
export function listDates(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = addDays(date, 1)) dates.push(date);
  return dates;
}
