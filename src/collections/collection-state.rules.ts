import { findNewest, type PlacedRow } from './newest-row.rules.ts';

/** What a row of a result file says about an invoice. */
export type CollectionResultKind = 'collected' | 'partial' | 'uncollected' | 'pending';

/** `billed` is an invoice without a result that counts; the others are that of its newest result. Any state follows any other. */
export type CollectionState = 'billed' | CollectionResultKind;

/** One result of one invoice, in minor units. */
export interface InvoiceResult extends PlacedRow {
  readonly result: CollectionResultKind;
  readonly collectedMinor: bigint;
  /** Of the carrier's collection system, e.g. the code of a bank debit; empty for none. */
  readonly resultCode: string;
}

/** How far an invoice is collected. What is neither collected nor uncollected is still owed, with nothing known against it. */
export interface InvoiceStanding {
  readonly state: CollectionState;
  readonly collectedMinor: bigint;
  readonly uncollectedMinor: bigint;
  /** The result that counts. */
  readonly effective: InvoiceResult | undefined;
}

/**
 * How far an invoice is collected, from the set of its rows alone (domain.md section 4): the newest counts. An invoice whose
 * total is not above zero has nothing to collect.
 */
export function determineStanding(totalMinor: bigint, rows: readonly InvoiceResult[]): InvoiceStanding {
  if (totalMinor <= 0n)
    return { state: 'collected', collectedMinor: totalMinor, uncollectedMinor: 0n, effective: undefined };
  const effective = findNewest(rows, isSameResult);
  const { result: state = 'billed', collectedMinor = 0n } = effective ?? {};
  const isRefused = state === 'partial' || state === 'uncollected';
  return { state, collectedMinor, uncollectedMinor: isRefused ? totalMinor - collectedMinor : 0n, effective };
}

/** Whether two rows of one invoice are one row that arrived twice. */
export function isSameResult(left: InvoiceResult, right: InvoiceResult): boolean {
  return (
    left.result === right.result &&
    left.collectedMinor === right.collectedMinor &&
    left.date === right.date &&
    left.sequence === right.sequence &&
    left.resultCode === right.resultCode
  );
}

/** Why a result cannot be one of an invoice with this total; undefined when it can. The database refuses the same. */
export function findResultFault(
  totalMinor: bigint,
  { result, collectedMinor }: Pick<InvoiceResult, 'result' | 'collectedMinor'>,
): string | undefined {
  if (totalMinor <= 0n) return 'the total of the invoice is not above zero: there is nothing to collect';
  if (collectedMinor < 0n) return 'collected_amount is below zero';
  if (collectedMinor > totalMinor) return `collected_amount is more than the total of ${totalMinor}`;
  switch (result) {
    case 'collected':
      return collectedMinor === totalMinor ? undefined : `collected, but not the total of ${totalMinor}`;
    case 'partial': {
      const isPart = collectedMinor > 0n && collectedMinor < totalMinor;
      return isPart ? undefined : `partial, but not a part of the total of ${totalMinor}`;
    }
    default:
      return collectedMinor === 0n ? undefined : `${result}, but collected_amount is not 0`;
  }
}
