import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { recomputeFee, recomputeTax } from './recompute-fee.ts';

/** Figures recalculated from `charges.csv` alone, by none of the service's own code. */
type Row = Readonly<Record<string, string>>;

interface Billed {
  total: bigint;
  items: number;
  readonly lines: Set<string>;
}

/**
 * Computes every invoice and settlement of a demo's folder from its charges, and compares. Returns what
 * differs, in words; nothing when all agrees. `month` is the month the demo has settled.
 */
export async function recompute(folder: string, month: string): Promise<string[]> {
  const [charges, invoices, settlements] = await Promise.all(
    ['charges.csv', 'invoices.csv', 'settlements.csv'].map((name) => readTable(join(folder, name))),
  );
  const captured = charges!.filter((row) => row['state'] === 'captured');
  return [
    ...captured.flatMap((row) => checkDates(row)),
    ...checkUncaptured(charges!),
    ...checkInvoices(captured, invoices!, month),
    ...checkSettlements(captured, settlements!, month),
  ];
}

async function readTable(path: string): Promise<Row[]> {
  return parse(await readFile(path, 'utf8'), { columns: true, record_delimiter: '\n' }) as Row[];
}

/** The business date is the date in Tokyo, nine hours ahead of UTC all year. */
function checkDates(row: Row): string[] {
  const inTokyo = new Date(Date.parse(row['captured_at']!) + 9 * 3_600_000).toISOString().slice(0, 10);
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(row['captured_at']!);
  return differ(`charge ${row['charge_id']}`, [
    ['business date', row['business_date'], inTokyo],
    ['form of captured_at', isWritten, true],
  ]);
}

function checkUncaptured(charges: readonly Row[]): string[] {
  return charges
    .filter((row) => row['state'] !== 'captured')
    .flatMap((row) =>
      differ(`charge ${row['charge_id']} (${row['state']})`, [
        ['captured_at', row['captured_at'], ''],
        ['billing period', row['billing_period'], ''],
      ]),
    );
}

function checkInvoices(captured: readonly Row[], invoices: readonly Row[], month: string): string[] {
  const expected = sumBy(captured, invoiceKey);
  const found = new Map(invoices.map((row) => [invoiceKey(row), row]));
  const numbers = new Set(invoices.map((row) => row['invoice_number']));
  return [
    ...differ('invoices', [['distinct numbers', numbers.size, invoices.length]]),
    // Up to the month that is settled every period has closed; the next one has not.
    ...[...expected.keys()]
      .filter((key) => key.slice(0, 7) <= month && !found.has(key))
      .map((key) => `${key} has no invoice`),
    ...[...found].flatMap(([key, row]) =>
      differ(`invoice ${key}`, [
        ['total', BigInt(row['total']!), expected.get(key)?.total],
        ['items', Number(row['item_count']), expected.get(key)?.items],
      ]),
    ),
    ...captured.flatMap((row) => checkPeriod(row, found.get(invoiceKey(row)))),
  ];
}

/** An invoice belongs to a tenure: a line and the first day of its holder. */
const invoiceKey = (row: Row) => `${row['billing_period']}|${row['line_id']}|${row['holder_from']}`;

/** A period ends on its closing date and begins on the day after that of the month before. */
function checkPeriod(charge: Row, invoice: Row | undefined): string[] {
  if (!invoice) return [];
  const closesOn = invoice['closing_date']!;
  const day = Number(closesOn.slice(8));
  const begins = day > 25 ? `${closesOn.slice(0, 7)}-01` : dayAfterClosing(closesOn, day);
  const date = charge['business_date']!;
  const isWithin = begins <= date && date <= closesOn;
  return isWithin && begins.startsWith(charge['billing_period']!)
    ? []
    : [`charge ${charge['charge_id']} of ${date} is billed in ${begins} to ${closesOn}`];
}

function dayAfterClosing(closesOn: string, day: number): string {
  const date = new Date(`${closesOn}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return `${date.toISOString().slice(0, 7)}-${String(day + 1).padStart(2, '0')}`;
}

function checkSettlements(captured: readonly Row[], settlements: readonly Row[], month: string): string[] {
  const expected = sumBy(captured, (row) => `${row['billing_period']}|${row['company']}`);
  const found = new Set(settlements.map((row) => `${row['billing_period']}|${row['company']}`));
  const owed = new Map<string, bigint>();
  const rows = settlements.toSorted((one, other) =>
    one['billing_period']! < other['billing_period']! ? -1 : 1,
  );
  return [
    ...[...expected.keys()]
      .filter((key) => key.slice(0, 7) <= month && !found.has(key))
      .map((key) => `${key} is not settled`),
    ...rows.flatMap((row) => {
      const key = `${row['billing_period']}|${row['company']}`;
      return checkSettlement(row, expected.get(key) ?? { total: 0n, items: 0, lines: new Set() }, owed);
    }),
  ];
}

/** `owed` is what each company still owes from the periods before. */
function checkSettlement(row: Row, { total, items, lines }: Billed, owed: Map<string, bigint>): string[] {
  const company = row['company']!;
  const { fee, branch } = recomputeFee(row['tariff']!, {
    total,
    items: BigInt(items),
    lines: BigInt(lines.size),
  });
  const tax = recomputeTax(fee);
  const carried = owed.get(company) ?? 0n;
  const net = total - fee - tax + carried;
  owed.set(company, net < 0n ? net : 0n);
  const hundredths = lines.size === 0 ? 0n : (total * 100n) / BigInt(lines.size);
  return differ(`settlement ${row['billing_period']}|${company}`, [
    ['billed_total', BigInt(row['billed_total']!), total],
    ['line_count', Number(row['line_count']), lines.size],
    ['average', row['average'], `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, '0')}`],
    ['fee_branch', row['fee_branch'], branch],
    ['fee_ex_tax', BigInt(row['fee_ex_tax']!), fee],
    ['fee_tax', BigInt(row['fee_tax']!), tax],
    ['refunds', row['refunds'], '0'],
    ['carried_in', BigInt(row['carried_in']!), carried],
    ['payout', BigInt(row['payout']!), net < 0n ? 0n : net],
  ]);
}

function sumBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Billed> {
  const sums = new Map<string, Billed>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { total: 0n, items: 0, lines: new Set<string>() };
    sum.total += BigInt(row['amount']!);
    sum.items += 1;
    sum.lines.add(row['line_id']!);
    sums.set(keyOf(row), sum);
  }
  return sums;
}

function differ(what: string, pairs: readonly (readonly [string, unknown, unknown])[]): string[] {
  return pairs
    .filter(([, actual, expected]) => actual !== expected)
    .map(([name, actual, expected]) => `${what}: ${name} is ${String(actual)}, computed ${String(expected)}`);
}
