import type { PersonOfLine } from './purchase-scope.queries.ts';
import type { PersonRefunds } from './refund-sums.queries.ts';

/** How many purchases, and what they cost with tax. */
export interface CountedSum {
  readonly count: number;
  readonly minor: bigint;
}

/** What a month has come to. */
export interface MonthTotals {
  /** Charged in the month. */
  readonly booked: CountedSum;
  /** Of these, on the line's open invoice already. */
  readonly onInvoice: CountedSum;
  /** Of these, put on it tonight. */
  readonly waiting: CountedSum;
  /** Confirmed and not charged yet. */
  readonly reserved: CountedSum;
  /** Given back on the month's invoice, whichever month the purchases were in. */
  readonly refunded: CountedSum;
  /** What the month comes to: charged less given back. Below zero if more is given back. */
  readonly sumMinor: bigint;
}

/** The month of one person. */
export interface PersonMonth extends Pick<MonthTotals, 'booked' | 'onInvoice' | 'reserved'>, PersonRefunds {
  readonly person: PersonOfLine;
}

/** The totals of several people. */
export function sumOf(people: readonly PersonMonth[]): MonthTotals {
  const booked = add(people.map((one) => one.booked));
  const onInvoice = add(people.map((one) => one.onInvoice));
  const refunded = add(people.map((one) => one.refunded));
  return {
    booked,
    onInvoice,
    refunded,
    sumMinor: booked.minor - refunded.minor,
    waiting: { count: booked.count - onInvoice.count, minor: booked.minor - onInvoice.minor },
    reserved: add(people.map((one) => one.reserved)),
  };
}

function add(sums: readonly CountedSum[]): CountedSum {
  return sums.reduce((one, other) => ({ count: one.count + other.count, minor: one.minor + other.minor }), {
    count: 0,
    minor: 0n,
  });
}
