import type { Writable } from 'node:stream';
import { renderContract } from '../../templates/contract/contract.ts';
import type { ContractContent } from '../../templates/contract/contract.types.ts';
import { renderInvoice } from '../../templates/invoice/invoice.ts';
import type { InvoiceItem, LineInvoice } from '../../templates/invoice/invoice.types.ts';
import { renderLetter } from '../../templates/letter/letter.ts';
import type { CredentialLetter } from '../../templates/letter/letter.types.ts';
import { renderReceipt } from '../../templates/receipt/receipt.ts';
import type { Receipt } from '../../templates/receipt/receipt.types.ts';
import { renderStatement } from '../../templates/statement/statement.ts';
import type { Statement, StatementDetail } from '../../templates/statement/statement.types.ts';

/** The kinds of documents: their facts as plain data, which structured clone can send to a thread, and their rows. */
interface Kinds {
  readonly contract: { readonly facts: ContractContent; readonly row: never };
  readonly receipt: { readonly facts: Receipt; readonly row: never };
  readonly letter: { readonly facts: CredentialLetter; readonly row: never };
  readonly 'line-invoice': { readonly facts: Omit<LineInvoice, 'items'>; readonly row: InvoiceItem };
  readonly statement: { readonly facts: Omit<Statement, 'details'>; readonly row: StatementDetail };
}

type Kind = keyof Kinds;

export type Rows<Row> = AsyncIterable<Row> | Iterable<Row>;

/** A document to draw. Rows of any number are read while it is drawn. */
export type PrintedDocument = {
  [K in Kind]: {
    readonly kind: K;
    readonly facts: Kinds[K]['facts'];
    readonly rows: Rows<Kinds[K]['row']>;
  };
}[Kind];

/** A row of any kind of document. */
export type PrintedRow = Kinds[Kind]['row'];

/**
 * Writes a document as a PDF and ends the output.
 * @throws Error when its figures contradict each other or the output breaks; what was written is then incomplete.
 */
export function drawDocument(document: PrintedDocument, output: Writable): Promise<{ pages: number }> {
  switch (document.kind) {
    case 'statement':
      return renderStatement({ ...document.facts, details: document.rows }, output);
    case 'line-invoice':
      return renderInvoice({ ...document.facts, items: document.rows }, output);
    case 'receipt':
      return renderReceipt(document.facts, output);
    case 'contract':
      return renderContract(document.facts, output);
    case 'letter':
      return renderLetter(document.facts, output);
    default:
      return document satisfies never;
  }
}

/** A line invoice as a document. */
export function invoiceDocument({ items, ...facts }: LineInvoice): PrintedDocument {
  return { kind: 'line-invoice', facts, rows: items };
}

/** The record of a purchase as a document. */
export function receiptDocument(facts: Receipt): PrintedDocument {
  return { kind: 'receipt', facts, rows: [] };
}

/** A contract as a document. */
export function contractDocument(facts: ContractContent): PrintedDocument {
  return { kind: 'contract', facts, rows: [] };
}

/** A letter as a document. Draw it in memory: it has a password in it. */
export function letterDocument(facts: CredentialLetter): PrintedDocument {
  return { kind: 'letter', facts, rows: [] };
}

/** A statement as a document. */
export function statementDocument({ details, ...facts }: Statement): PrintedDocument {
  return { kind: 'statement', facts, rows: details };
}
