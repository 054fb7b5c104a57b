import { isDate } from '../shared/calendar.rules.ts';

/** MariaDB stores years of four digits only, and no line holder was born before 1900. */
const EARLIEST_DATE = '1900-01-01';
/** Carriers write 2999-12-31 or 9999-12-31 for a tenure without an end (our decision: every date of these years). */
const FIRST_OPEN_DATE = '2999-01-01';

const SLASHES = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/;

/** Caches parsed dates: a file repeats each one thousands of times, and parsing one takes a microsecond. */
const known = new Map<string, string>();
const MAX_KNOWN = 50_000;

/** Reads a date of a file, `YYYY-MM-DD` or `YYYY/M/D`; undefined for anything else and for one before 1900. */
export function readFileDate(text: string): string | undefined {
  const found = known.get(text);
  if (found !== undefined) return found;
  const date = toIso(text);
  if (!isDate(date) || date < EARLIEST_DATE) return undefined;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, date);
  return date;
}

/** Whether a date of a file means that the tenure has no end. */
export function isOpenEnd(text: string): boolean {
  const date = readFileDate(text);
  return date !== undefined && date >= FIRST_OPEN_DATE;
}

function toIso(text: string): string {
  const [, year = '', month = '', day = ''] = SLASHES.exec(text) ?? [];
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
