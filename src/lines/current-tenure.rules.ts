import { versionOn, type DateRange } from '../shared/date-range.rules.ts';

/**
 * Of the tenures of a line, oldest first, the one it is spoken of by on a date: the one in force, else the last that ended, else the
 * first that is to come. `getCurrentTenure` is the same in the database.
 */
export function currentTenure<T extends DateRange>(tenures: readonly T[], date: string): T | undefined {
  return versionOn(tenures, date) ?? tenures[0];
}
