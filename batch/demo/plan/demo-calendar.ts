import {
  addDays,
  billingPeriodOf,
  businessDateOf,
  lastClosingDateOf,
  periodRange,
  startOfBusinessDate,
  type ClosingGroup,
} from '../../../src/shared/calendar.rules.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** When the night of a business date begins, after its midnight: the files of the day have come in by then. */
export const NIGHT_AFTER_MS = 30 * MINUTE_MS;

/** The days of a demo world: from the first of its month until its last closing group has closed. */
export interface DemoCalendar {
  readonly month: string;
  readonly timeZone: string;
  /** Day before the first, on which the world is set up. */
  readonly setUpDate: string;
  readonly firstDate: string;
  readonly lastDate: string;
  /** All business dates on which something may be sold. */
  readonly dates: readonly string[];
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
  const dates: string[] = [];
  for (let date = firstDate; date <= lastDate; date = addDays(date, 1)) dates.push(date);
  const businessDate = (instant: number) => businessDateOf(new Date(instant), timeZone);
  const datesByGroup = new Map<string, readonly string[]>();
  const listDates = (group: ClosingGroup, where: 'inside' | 'outside') => {
    const { startsOn, closesOn } = periodRange(month, group);
    const isInside = (date: string) => date >= startsOn && date <= closesOn;
    return dates.filter((date) => isInside(date) === (where === 'inside'));
  };
  return {
    month,
    timeZone,
    setUpDate: addDays(firstDate, -1),
    firstDate,
    lastDate,
    dates,
    instant: (date, ms) => startOfBusinessDate(date, timeZone).getTime() + ms,
    businessDate,
    period: (instant, group) => billingPeriodOf(businessDate(instant), group),
    datesOf: (group, where) => {
      const key = `${group}|${where}`;
      const known = datesByGroup.get(key) ?? listDates(group, where);
      datesByGroup.set(key, known);
      return known;
    },
  };
}
