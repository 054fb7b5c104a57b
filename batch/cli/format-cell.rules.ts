import { formatLocalTime } from '../../src/shared/local-time.rules.ts';
import { formatCount, formatMoney, type Currency } from '../../src/shared/money.ts';

/** Where figures and times are read. */
export interface Place {
  readonly timeZone: string;
  readonly currency: Currency;
}

/** Fields whose heading is more than their own words. */
const HEADINGS: Readonly<Record<string, string>> = {
  at: 'Time',
  id: 'ID',
  issuedId: 'Issued ID',
  lineId: 'Line',
  nameEn: 'English name',
};

/** What null stands for; else a cell of nothing is empty. */
const NOTHING: Readonly<Record<string, string>> = {
  limitMinor: 'none',
  monthlyLimitMinor: 'none',
  validTo: 'open-ended',
};

/** The name of a field as people read it: `closingGroup` → `Closing group`, `amountMinor` → `Amount`. */
export function headingOf(field: string): string {
  const known = HEADINGS[field];
  if (known !== undefined) return known;
  const words = field.replace(/Minor$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether a value is a figure, which stands at the right of its column. */
export function isFigure(value: unknown): boolean {
  return typeof value === 'string'
    ? /^-?\d[\d,]*\.\d+%?$/.test(value)
    : typeof value === 'number' || typeof value === 'bigint';
}

/** A value as people read it: amounts (`…Minor`) with their currency, instants in the zone's time, facts as `name: value`. */
export function formatCell(field: string, value: unknown, place: Place): string {
  if (value === null || value === undefined) return NOTHING[field] ?? '';
  if (Array.isArray(value)) return value.map((entry) => formatCell(field, entry, place)).join('\n');
  if (value instanceof Date) return formatLocalTime(value, place.timeZone);
  if (typeof value === 'object') return formatFacts(value, place);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'bigint' || typeof value === 'number') {
    return field.endsWith('Minor') ? formatMoney(BigInt(value), place.currency, 'en') : formatCount(value);
  }
  return writeSafely(value as string);
}

function formatFacts(facts: object, place: Place): string {
  return Object.entries(facts)
    .map(([name, value]) => [headingOf(name), formatCell(name, value, place)] as const)
    .filter(([, value]) => value !== '')
    .map(([heading, value]) => `${uncapitalize(heading)}: ${value}`)
    .join(', ');
}

/** For the middle of a line; `ID` stays as it is. */
function uncapitalize(heading: string): string {
  return /^[A-Z][a-z]/.test(heading) ? heading.charAt(0).toLowerCase() + heading.slice(1) : heading;
}

/** Text of strangers must not steer the terminal. */
export function writeSafely(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
