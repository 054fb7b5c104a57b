import { findNewest, type PlacedRow } from './newest-row.rules.ts';

/** One answer of the carrier to one invoice of the invoice details. */
export interface InvoiceAnswerRow extends PlacedRow {
  readonly answer: 'accepted' | 'refused';
  /** Why it was refused; empty or a remark for one that was accepted. */
  readonly reason: string;
}

/** The answer that counts, from the set of an invoice's answers; undefined for an invoice without one. */
export function determineAnswer(rows: readonly InvoiceAnswerRow[]): InvoiceAnswerRow | undefined {
  return findNewest(rows, isSameAnswer);
}

/** Whether two answers to one invoice are one row that arrived twice. */
export function isSameAnswer(left: InvoiceAnswerRow, right: InvoiceAnswerRow): boolean {
  return (
    left.answer === right.answer &&
    left.reason === right.reason &&
    left.date === right.date &&
    left.sequence === right.sequence
  );
}
