import { insertRows } from '../database/rows.ts';
import { runPipeline, runStatement } from '../database/statement-pipeline.ts';
import { selectStatement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isSameAnswer, type InvoiceAnswerRow } from './answer.rules.ts';
import { faultOf, type AnswerRow, type CollectionRowError } from './collection-file.rules.ts';
import { listContradictory, placeOf } from './newest-row.rules.ts';

interface BookAnswers {
  readonly rows: readonly AnswerRow[];
  readonly importId: number;
  readonly bookedOn: string;
}

/** The outcome of some answers. */
export interface BookedAnswers {
  readonly accepted: number;
  /** Invoices that the carrier refuses, to be parked. */
  readonly refused: readonly AnswerRow[];
  readonly known: number;
  readonly errors: readonly CollectionRowError[];
}

const UNKNOWN = faultOf('invoice-unknown', 'no invoice has this number');
const CONTRADICTION = faultOf(
  'contradicts-row',
  'the invoice has another answer of the same date and sequence: neither counts',
);

/** Stores answers to the invoice details. They move no money. A row that another import inserts meanwhile is a duplicate key: start again. */
export async function bookAnswers(
  tx: InTransaction<Deps>,
  { rows, importId, bookedOn }: BookAnswers,
): Promise<BookedAnswers> {
  if (rows.length === 0) return { accepted: 0, refused: [], known: 0, errors: [] };
  const stored = await readAnswersOf(tx, [...new Set(rows.map(({ invoiceNumber }) => invoiceNumber))]);
  const added: AnswerRow[] = [];
  const errors: CollectionRowError[] = [];
  let known = 0;
  for (const [number, given] of Map.groupBy(rows, ({ invoiceNumber }) => invoiceNumber)) {
    const before = stored.get(number);
    if (!before) {
      errors.push(...given.map(({ row, line }) => ({ row, line, ...UNKNOWN })));
      continue;
    }
    const all: InvoiceAnswerRow[] = [...before];
    const fresh = new Set<AnswerRow>();
    for (const row of given) {
      if (all.some((other) => isSameAnswer(other, row))) continue;
      all.push(row);
      fresh.add(row);
    }
    const contradictory = listContradictory(all, isSameAnswer);
    added.push(...fresh);
    for (const row of given) {
      if (contradictory.has(placeOf(row))) errors.push({ row: row.row, line: row.line, ...CONTRADICTION });
      else if (!fresh.has(row)) known += 1;
    }
  }
  const values = added.map(({ invoiceNumber, date, sequence, answer, reason }) => ({
    invoiceNumber,
    answerDate: date,
    sequence,
    answer,
    reason,
    bookedOn,
    importId,
  }));
  await runStatement(tx.em, insertRows('invoice_answer', values));
  const isError = new Set(errors.map(({ row }) => row));
  const counted = added.filter(({ row }) => !isError.has(row));
  const refused = counted.filter(({ answer }) => answer === 'refused');
  return { accepted: counted.length - refused.length, refused, known, errors };
}

/** The stored answers to the invoices among some numbers. */
async function readAnswersOf(
  tx: InTransaction<Deps>,
  numbers: readonly string[],
): Promise<Map<string, InvoiceAnswerRow[]>> {
  const [invoices, answers] = await runPipeline(tx.em, [
    selectStatement<{ number: string }>('SELECT number FROM line_invoice WHERE number IN (?)', [numbers]),
    selectStatement<InvoiceAnswerRow & { number: string }>(
      `SELECT invoice_number AS number, answer_date AS date, sequence, answer, reason FROM invoice_answer
       WHERE invoice_number IN (?)`,
      [numbers],
    ),
  ]);
  const byNumber = Map.groupBy(answers, ({ number }) => number);
  return new Map(invoices.map(({ number }) => [number, byNumber.get(number) ?? []]));
}
