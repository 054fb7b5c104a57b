import { parse } from 'csv-parse/sync';
import { isDate } from '../shared/calendar.rules.ts';
import type { Currency } from '../shared/money.ts';
import { Problem } from '../shared/problem.ts';

/** The columns of a file of results, in this order or any other; each row is one transfer. */
export const resultColumns = [
  'customer_code_1',
  'customer_code_2',
  'amount',
  'result',
  'date',
  'reason',
] as const;

/** What the bank says of one transfer. */
export interface PayoutResult {
  /** Number of the payout run. */
  readonly number: string;
  readonly lineNumber: number;
  readonly amountMinor: bigint;
  readonly result: 'settled' | 'returned';
  readonly date: string;
  /** Empty unless it was returned. */
  readonly reason: string;
}

/** A row of the file by its number in it, the header being row 1: what it says, or why it cannot be read. */
export interface ResultRow {
  readonly row: number;
  readonly result?: PayoutResult;
  readonly fault?: string;
}

const MAX_REASON = 100;
export const MAX_RESULT_BYTES = 32 * 1024 * 1024;

/** The rows of a file of results as they stand there, the header first. @throws Problem `import-refused` */
export function readResultTable(bytes: Buffer): string[][] {
  if (bytes.length > MAX_RESULT_BYTES) throw refuse(`it has more than ${MAX_RESULT_BYTES} bytes`);
  return parseRows(decode(bytes));
}

/** Amounts as the bank writes them: whole yen, or euro with their two decimals, so that neither is taken for the other. */
const AMOUNTS = {
  JPY: { form: /^\d{1,10}$/, mustBe: 'up to 10 digits' },
  EUR: { form: /^\d{1,8}\.\d{2}$/, mustBe: 'in euro with two decimals, such as 1234.50' },
} as const satisfies Record<Currency, object>;

/**
 * Reads a file of results, UTF-8 or Shift_JIS. A row that cannot be read does not keep the others from being read.
 * @throws Problem `import-refused` for a file without the columns, in another encoding or with broken quotes
 */
export function readResults(bytes: Buffer, currency: Currency): ResultRow[] {
  const [header = [], ...rows] = readResultTable(bytes);
  const names = header.map((name) => name.trim().toLowerCase());
  const missing = resultColumns.filter((column) => !names.includes(column));
  if (missing.length > 0) throw refuse(`it lacks the column ${missing.join(', ')}`);
  if (new Set(names).size < names.length) throw refuse('it has a column twice');
  return rows.map((cells, index) => {
    const row = index + 2;
    if (cells.length !== names.length) {
      return { row, fault: `has ${cells.length} columns, and the header ${names.length}` };
    }
    const of = new Map(names.map((name, column) => [name, cells[column]!.trim()]));
    const read = readRow((column) => of.get(column) ?? '', currency);
    return typeof read === 'string' ? { row, fault: read } : { row, result: read };
  });
}

function readRow(
  cell: (column: (typeof resultColumns)[number]) => string,
  currency: Currency,
): PayoutResult | string {
  const [number, line, amount] = [cell('customer_code_1'), cell('customer_code_2'), cell('amount')];
  const [result, date, reason] = [cell('result'), cell('date'), cell('reason')];
  if (!/^\d{10}$/.test(number)) return `customer_code_1 must be 10 digits, not "${number}"`;
  if (!/^\d{1,10}$/.test(line)) return `customer_code_2 must be up to 10 digits, not "${line}"`;
  const { form, mustBe } = AMOUNTS[currency];
  if (!form.test(amount)) return `amount must be ${mustBe}, not "${amount}"`;
  if (result !== 'settled' && result !== 'returned')
    return `result must be settled or returned, not "${result}"`;
  if (!isDate(date)) return `date must be a date, YYYY-MM-DD, not "${date}"`;
  if (result === 'returned' && reason === '') return 'a returned transfer needs its reason';
  if (result === 'settled' && reason !== '') return 'a settled transfer has no reason';
  if (reason.length > MAX_REASON || /\p{C}/u.test(reason)) {
    return `reason must be readable text of up to ${MAX_REASON} characters`;
  }
  const amountMinor = BigInt(amount.replace('.', ''));
  return { number, lineNumber: Number(line), amountMinor, result, date, reason };
}

function parseRows(text: string): string[][] {
  try {
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : 'it is no CSV');
  }
}

function decode(bytes: Buffer): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The other one, if there is one.
    }
  }
  throw refuse('it is neither UTF-8 nor Shift_JIS');
}

function refuse(why: string): Problem {
  return new Problem('import-refused', {
    facts: { why },
    detail: `The file of results was not imported: ${why}.`,
  });
}
