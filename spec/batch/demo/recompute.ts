import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { checkCollections } from './recompute-collections.ts';
import { checkRefunds, refundItems } from './recompute-refunds.ts';
import { checkSettlements } from './recompute-settlements.ts';
import { differ, sumBy, type Row, type WorldEnd } from './recompute-support.ts';

/**
 * Computes every invoice and settlement of a demo's folder from its charges, their refunds, what was collected and
 * the terms of its contracts, by none of the
 * service's own code, and compares. Returns what differs, in words; nothing when all agrees.
 */
export async function recompute(folder: string, end: WorldEnd): Promise<string[]> {
  const { settled } = end;
  const names = ['charges', 'refunds', 'invoices', 'collections', 'clawbacks', 'settlements', 'terms'];
  const tables = await Promise.all(names.map((name) => readTable(folder, name)));
  const [charges = [], refunds = [], invoices = [], collections = [], clawbacks = [], settlements = []] =
    tables;
  const terms = tables.at(-1)!;
  const captured = charges.filter((row) => row['state'] === 'captured');
  const world = { captured, refunds, invoices, collections, terms };
  return [
    ...captured.flatMap((row) => checkDates(row)),
    ...captured.flatMap((row) => checkTaxRate(row)),
    ...checkUncaptured(charges),
    ...checkRefunds(captured, refunds),
    ...checkInvoices({ captured, refunds, invoices }, settled),
    ...checkCollections(world),
    ...checkSettlements({ ...world, settlements, clawbacks }, end),
  ];
}

/** A file of the demo's folder, rows with cells by column. */
export async function readTable(folder: string, name: string): Promise<Row[]> {
  return parse(await readFile(join(folder, `${name}.csv`), 'utf8'), {
    columns: true,
    record_delimiter: '\n',
  }) as Row[];
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

/** Percent, since 2019-10-01. */
function checkTaxRate(row: Row): string[] {
  const rate = row['tax_code'] === 'reduced' ? '8' : '10';
  return differ(`charge ${row['charge_id']}`, [['tax rate', row['tax_rate'], rate]]);
}

function checkUncaptured(charges: readonly Row[]): string[] {
  return charges
    .filter((row) => row['state'] !== 'captured')
    .flatMap((row) =>
      differ(`charge ${row['charge_id']} (${row['state']})`, [
        ['captured_at', row['captured_at'], ''],
        ['billing period', row['billing_period'], ''],
        ['tax rate', row['tax_rate'], ''],
      ]),
    );
}

interface InvoicedWorld {
  readonly captured: readonly Row[];
  readonly refunds: readonly Row[];
  readonly invoices: readonly Row[];
}

function checkInvoices({ captured, refunds, invoices }: InvoicedWorld, month: string): string[] {
  const items = [...captured, ...refundItems(captured, refunds)];
  const expected = sumBy(items, invoiceKey);
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
    ...items.flatMap((row) => checkPeriod(row, found.get(invoiceKey(row)))),
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
    : [`${charge['refund_id'] ?? charge['charge_id']} of ${date} is billed in ${begins} to ${closesOn}`];
}

function dayAfterClosing(closesOn: string, day: number): string {
  const date = new Date(`${closesOn}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1);
  return `${date.toISOString().slice(0, 7)}-${String(day + 1).padStart(2, '0')}`;
}
