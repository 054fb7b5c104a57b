import { endOfBusinessDate, yesterdayOf } from '../shared/calendar.rules.ts';

/** A night is due half an hour after its business date has ended, when the last charges of the day have been committed. */
const AFTER_DAY_MS = 30 * 60_000;

/** The instant from which the night of a business date is due: 00:30, or later on the clock where midnight is skipped. */
export function nightDueAt(businessDate: string, timeZone: string): Date {
  return new Date(endOfBusinessDate(businessDate, timeZone).getTime() + AFTER_DAY_MS);
}

/** The last business date whose night is due at an instant. */
export function lastDueNight(now: Date, timeZone: string): string {
  return yesterdayOf(new Date(now.getTime() - AFTER_DAY_MS), timeZone);
}

/** Seconds since the night of a business date was due; 0 before. */
export function secondsLate(businessDate: string, now: Date, timeZone: string): number {
  return Math.max(0, (now.getTime() - nightDueAt(businessDate, timeZone).getTime()) / 1_000);
}
