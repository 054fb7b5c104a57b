import { isDate } from '../shared/calendar-date.rules.ts';
import { compileSchema } from '../shared/schema-check.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { usageChargeSchema } from '../charges/usage-charge.schema.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import type { UsageItem } from '../charges/usage.types.ts';
import { Problem } from '../shared/problem.ts';

/** The columns of a file, in any order. */
export const requiredColumns = ['consent', 'amount', 'tax_code', 'description'] as const;
export const optionalColumns = ['reference', 'item_key', 'occurred_at'] as const;
const knownColumns: readonly string[] = [...requiredColumns, ...optionalColumns];
type Column = (typeof requiredColumns)[number] | (typeof optionalColumns)[number];

/** Uses that happened longer ago cannot be charged. */
export const MAX_USE_AGE_DAYS = 62;
/** Clocks differ. */
const MAX_AHEAD_MS = 5 * 60_000;

/** Which column a cell is of. */
export type UsageColumns = readonly Column[];

/** The columns that a first line names, or what is wrong with it. */
export function readUsageHeader(cells: readonly string[]): UsageColumns | string {
  const names = cells.map((cell) => cell.trim());
  const unknown = names.find((name) => !knownColumns.includes(name));
  if (unknown !== undefined)
    return `its first line names the column "${unknown.slice(0, 40)}"; there are ${knownColumns.join(', ')}`;
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) return `its first line names the column ${twice} twice`;
  const missing = requiredColumns.filter((name) => !names.includes(name));
  if (missing.length > 0) return `its first line does not name ${missing.join(', ')}`;
  return names as UsageColumns;
}

/** What is wrong with a row, by itself. */
export interface RowFault {
  readonly code: string;
  readonly text: string;
}

export const isFault = (row: UsageItem | RowFault): row is RowFault => 'code' in row;

const check = compileSchema(usageChargeSchema);
const PLAIN_AMOUNT = /^\d{1,9}$/;
/** RFC 3339, with the offset of its zone. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** A use as a row describes it, checked like the body of `POST /v1/usage-charges`. */
export function readUsageRow(
  columns: UsageColumns,
  cells: readonly string[],
  now: Date,
): UsageItem | RowFault {
  if (cells.length !== columns.length)
    return invalid(`it has ${cells.length} cells, the first line ${columns.length}`);
  const texts = Object.fromEntries(columns.map((name, at) => [name, cells[at]!])) as Partial<
    Record<Column, string>
  >;
  const { occurred_at: occurred = '', amount = '', ...others } = texts;
  const filled = Object.fromEntries(Object.entries(others).filter(([, text]) => text !== ''));
  const outcome = check({ ...filled, amount: PLAIN_AMOUNT.test(amount) ? Number(amount) : amount });
  if (!outcome.valid)
    return invalid(outcome.errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`).join('; '));
  const occurredAt = readOccurred(occurred, now);
  if (typeof occurredAt === 'string') return invalid(occurredAt);
  return { ...itemOf(outcome.value), occurredAt };
}

function itemOf(row: FromSchema<typeof usageChargeSchema>): UsageItem {
  const { tax_code: taxCode, description, reference, item_key: itemKey } = row;
  const consentId = requireStoredId('consent', row.consent);
  return { consentId, amountMinor: BigInt(row.amount), taxCode, description, reference, itemKey };
}

function readOccurred(text: string, now: Date): Date | undefined | string {
  if (text === '') return undefined;
  const instant = INSTANT.test(text) && isDate(text.slice(0, 10)) ? new Date(text) : undefined;
  if (instant === undefined || Number.isNaN(instant.getTime()))
    return 'occurred_at must be an instant such as 2026-05-10T12:30:00+09:00';
  if (instant.getTime() > now.getTime() + MAX_AHEAD_MS) return 'occurred_at must not be in the future';
  if (instant.getTime() < now.getTime() - MAX_USE_AGE_DAYS * 86_400_000)
    return `occurred_at must not be more than ${MAX_USE_AGE_DAYS} days ago`;
  return instant;
}

const MAX_TEXT = 300;
const cut = (text: string) => Array.from(text).slice(0, MAX_TEXT).join('');

function invalid(text: string): RowFault {
  return { code: 'invalid-request', text: cut(text) };
}

/** A refusal as the result of a file words it. */
export function faultOf({ code, title, detail, errors }: Problem): RowFault {
  const fields = errors.map(({ pointer, message }) => `${pointer.slice(1)} ${message}`);
  return { code, text: cut([detail ?? title, ...fields].join('; ')) };
}

/** A row that cannot be split into cells. */
export const unreadableRow = (text: string): RowFault => invalid(text);
