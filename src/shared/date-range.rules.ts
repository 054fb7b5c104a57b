import { addDays } from './calendar-date.rules.ts';

/**
 * A half-open range of business dates, as contracts, tenures and tariffs are stored: `validFrom` is its first day,
 * `validTo` the first day after it. Null means no end.
 */
export interface DateRange {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Whether a date lies in the range. */
export function contains(range: DateRange, date: string): boolean {
  return range.validFrom <= date && !hasEnded(range, date);
}

/** Whether the range is over on a date, or earlier. */
export function hasEnded({ validTo }: Pick<DateRange, 'validTo'>, date: string): boolean {
  return validTo !== null && validTo <= date;
}

/** Whether two ranges share a day. */
export function overlaps(left: DateRange, right: DateRange): boolean {
  return !hasEnded(left, right.validFrom) && !hasEnded(right, left.validFrom);
}

/** The last day of a range; null while it has no end. */
export function lastDay({ validTo }: Pick<DateRange, 'validTo'>): string | null {
  return validTo === null ? null : addDays(validTo, -1);
}

/** The version in force on a date, of versions that apply until the next one begins; undefined before the first. */
export function versionOn<V extends Pick<DateRange, 'validFrom'>>(
  versions: readonly V[],
  date: string,
): V | undefined {
  let current: V | undefined;
  for (const version of versions) {
    const hasBegun = version.validFrom <= date;
    if (hasBegun && (!current || version.validFrom > current.validFrom)) current = version;
  }
  return current;
}
