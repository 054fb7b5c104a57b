import { addDays } from './calendar-date.rules.ts';

/** The instants a business date covers in one time zone, half-open, in epoch milliseconds. */
interface BusinessDay {
  readonly date: string;
  readonly startMs: number;
  readonly endMs: number;
}

const UTC_DAY_MS = 86_400_000;
/** Days cached per zone before the cache is cleared: eleven years, so that it stays bounded in a long import. */
const CACHED_DAYS = 4_096;

/**
 * Business days by zone and by the UTC day they touch. Time zone arithmetic costs tens of microseconds
 * and runs once per charge; the bounds of a day, daylight saving included, never change.
 */
const daysByZone = new Map<string, Map<number, BusinessDay[]>>();

/**
 * The local calendar date (`YYYY-MM-DD`) of an instant in an IANA time zone. A date never returns
 * after the next one has begun: where the clocks go back over midnight, the repeated hour belongs to the new date.
 * Throws RangeError for an unknown zone or an invalid Date.
 */
export function businessDateOf(instant: Date, timeZone: string): string {
  const ms = instant.getTime();
  const utcDay = Math.floor(ms / UTC_DAY_MS);
  const known = daysByZone.get(timeZone)?.get(utcDay);
  if (known) for (const day of known) if (ms >= day.startMs && ms < day.endMs) return day.date;
  return rememberBusinessDay(ms, utcDay, timeZone).date;
}

/** The last business date that has ended at an instant. */
export function yesterdayOf(instant: Date, timeZone: string): string {
  return addDays(businessDateOf(instant, timeZone), -1);
}

/** First instant of a business date: midnight, or the instant after the clock change where midnight is skipped. */
export function startOfBusinessDate(date: string, timeZone: string): Date {
  return new Date(startMs(Temporal.PlainDate.from(date), timeZone));
}

/** End of a business date, exclusive: the first instant of the next one. 23 or 25 hours later when the clocks change. */
export function endOfBusinessDate(date: string, timeZone: string): Date {
  return new Date(startMs(Temporal.PlainDate.from(date).add({ days: 1 }), timeZone));
}

/** The instant of a local date and time (`09:30`). A time that the clocks skip is taken an hour later, one that they repeat the first time. */
export function instantOfLocalTime(date: string, time: string, timeZone: string): Date {
  return new Date(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(timeZone).epochMilliseconds);
}

function startMs(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function rememberBusinessDay(ms: number, utcDay: number, timeZone: string): BusinessDay {
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
  const isOver = startMs(local.add({ days: 1 }), timeZone) <= ms;
  const date = isOver ? local.add({ days: 1 }) : local;
  const day = {
    date: date.toString(),
    startMs: startMs(date, timeZone),
    endMs: startMs(date.add({ days: 1 }), timeZone),
  };
  let days = daysByZone.get(timeZone);
  if (!days || days.size >= CACHED_DAYS) daysByZone.set(timeZone, (days = new Map()));
  days.set(utcDay, [...(days.get(utcDay) ?? []), day]);
  return day;
}
