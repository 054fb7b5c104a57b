import { refundItems } from './recompute-refunds.ts';
import type { Row } from './recompute-support.ts';

/** An invoice as its charges and refunds say. */
export interface FoldedInvoice {
  /** Period, line, first day of the holder. */
  readonly key: string;
  readonly total: bigint;
  readonly items: number;
  /** How many of the items are charges. */
  readonly charged: number;
}

const sumOf = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + BigInt(row['amount']!), 0n);

/** Every invoice, of periods that are open too, from captured charges and refunds alone. */
export function foldInvoices(charges: readonly Row[], refunds: readonly Row[]): FoldedInvoice[] {
  const captured = charges.filter((row) => row['state'] === 'captured');
  const items = [...captured, ...refundItems(captured, refunds)];
  const byTenure = Map.groupBy(items, (row) =>
    [row['billing_period'], row['line_id'], row['holder_from']].join('|'),
  );
  return [...byTenure].map(([key, own]) => ({
    key,
    total: sumOf(own),
    items: own.length,
    charged: own.filter((row) => row['refund_id'] === undefined).length,
  }));
}

/** What a company sold in a month, and what it gave back, on invoices and by bank; the key is `month|company`. */
export interface CompanyMonth {
  readonly key: string;
  readonly billed: bigint;
  readonly refunded: bigint;
}

const keyOf = (row: Row) => `${row['billing_period']}|${row['company']}`;

/** Each company's months from captured charges and refunds alone. */
export function sumMonths(charges: readonly Row[], refunds: readonly Row[]): CompanyMonth[] {
  const captured = charges.filter((row) => row['state'] === 'captured');
  const keys = new Set([...captured, ...refunds].map(keyOf));
  return [...keys].map((key) => ({
    key,
    billed: sumOf(captured.filter((row) => keyOf(row) === key)),
    refunded: sumOf(refunds.filter((row) => keyOf(row) === key)),
  }));
}

const placeOf = (row: Row) => `${row['result_date']}|${row['sequence']!.padStart(9, '0')}`;

/** The result that counts of each invoice: the one with the last date, and of one date the highest sequence. */
export function lastResults(collections: readonly Row[]): Map<string, Row> {
  const sorted = collections.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
  return new Map(sorted.map((row) => [row['invoice_number']!, row]));
}
