import { sumMinor } from '../../src/shared/money.ts';
import { includedTax } from '../../src/shared/tax.rules.ts';
import type { InvoiceItem, InvoicePart, InvoiceRateTotal, InvoiceTax, LineInvoice } from './invoice.types.ts';

/** Sums of printed items, by part and rate and in all. */
export interface ItemSums {
  readonly part: InvoicePart;
  readonly tax: InvoiceTax;
  itemCount: number;
  totalMinor: bigint;
  /** Of the total, what was given back: zero or below. */
  refundedMinor: bigint;
}

/** Whether an item gives back a supply. */
export const isRefund = ({ originalPeriod }: Pick<InvoiceItem, 'originalPeriod'>): boolean =>
  originalPeriod !== null;

const keyOf = (qualified: boolean, { taxCode, taxRateBps }: InvoiceTax) =>
  `${qualified ? 'qualified' : 'other'} ${taxCode} ${taxRateBps}`;

/** Adds up what is printed, item by item: never more rows than there are parts and rates. */
export class PrintedSums {
  readonly #sums = new Map<string, ItemSums>();

  add(item: InvoiceItem): void {
    const { part, taxCode, taxRateBps, amountMinor } = item;
    const key = `${part} ${taxCode} ${taxRateBps}`;
    let sums = this.#sums.get(key);
    if (!sums) {
      sums = { part, tax: { taxCode, taxRateBps }, itemCount: 0, totalMinor: 0n, refundedMinor: 0n };
      this.#sums.set(key, sums);
    }
    sums.itemCount += 1;
    sums.totalMinor += amountMinor;
    if (isRefund(item)) sums.refundedMinor += amountMinor;
  }

  /** By rate: the standard one first, higher ones before lower ones. */
  ofPart(part: InvoicePart): ItemSums[] {
    return [...this.#sums.values()]
      .filter((sums) => sums.part === part)
      .toSorted((one, other) => compareTax(one.tax, other.tax));
  }

  /** Whether something was given back. */
  get hasRefunds(): boolean {
    return [...this.#sums.values()].some(({ refundedMinor }) => refundedMinor !== 0n);
  }

  /** Totals by rate, the parts of the qualified invoice together. */
  byRate(): Map<string, bigint> {
    const totals = new Map<string, bigint>();
    for (const { part, tax, totalMinor } of this.#sums.values()) {
      const key = keyOf(part !== 'unregistered', tax);
      totals.set(key, (totals.get(key) ?? 0n) + totalMinor);
    }
    return totals;
  }
}

/** The order in which rates are printed. */
export function compareTax(one: InvoiceTax, other: InvoiceTax): number {
  if (one.taxCode !== other.taxCode) return one.taxCode === 'standard' ? -1 : 1;
  return other.taxRateBps - one.taxRateBps;
}

/**
 * Refuses an invoice whose figures contradict each other: a wrong figure on a qualified invoice can only be corrected by a
 * new invoice.
 * @throws Error naming the sum that does not add up; it is a bug of the caller.
 */
export function assertInvoiceAddsUp(invoice: LineInvoice): void {
  const { number, rateTotals, totalMinor } = invoice;
  assertSum(number, 'rates', {
    expected: totalMinor,
    actual: sumMinor(rateTotals.map((rate) => rate.totalMinor)),
  });
  for (const rate of rateTotals.filter(({ isQualified }) => isQualified)) {
    const expected = includedTax(rate.totalMinor, rate.taxRateBps);
    assertSum(number, `tax of ${rate.taxRateBps}`, { expected, actual: rate.taxMinor });
  }
}

/** Refuses an invoice whose printed items are not those of its totals. @throws Error. */
export function assertItemsAddUp(invoice: LineInvoice, printed: PrintedSums): void {
  const byRate = printed.byRate();
  for (const rate of invoice.rateTotals) {
    const key = keyOf(rate.isQualified, rate);
    const actual = byRate.get(key) ?? 0n;
    assertSum(invoice.number, `items (${key})`, { expected: rate.totalMinor, actual });
    byRate.delete(key);
  }
  const [extra] = byRate.keys();
  if (extra !== undefined) throw new Error(`Invoice ${invoice.number}: items (${extra}) have no total`);
}

/** Total and tax of the qualified rates. */
export function sumQualified(rateTotals: readonly InvoiceRateTotal[]) {
  const qualified = rateTotals.filter(({ isQualified }) => isQualified);
  return {
    totalMinor: sumMinor(qualified.map(({ totalMinor }) => totalMinor)),
    taxMinor: sumMinor(qualified.map(({ taxMinor }) => taxMinor)),
    itemCount: qualified.reduce((sum, { itemCount }) => sum + itemCount, 0),
  };
}

function assertSum(number: string, what: string, sums: { expected: bigint; actual: bigint }): void {
  if (sums.expected === sums.actual) return;
  throw new Error(`Invoice ${number}: ${what} give ${sums.actual}, but ${sums.expected} was expected`);
}
