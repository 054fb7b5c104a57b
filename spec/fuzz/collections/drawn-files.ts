import { Buffer } from 'node:buffer';
import type { Random } from '../../../batch/demo/random.ts';
import { formatCsv } from '../../../src/shared/csv.ts';

/** An invoice that files speak of. */
export interface FuzzedInvoice {
  readonly number: string;
  readonly totalMinor: bigint;
}

/** A file as the carrier would send it: every row of it can be booked. */
export interface DrawnFile {
  readonly kind: 'results' | 'answers';
  readonly header: string;
  readonly rows: readonly string[];
}

const HEADERS = {
  results: 'invoice_number,result,collected_amount,result_date,sequence,result_code',
  answers: 'invoice_number,answer,reason,answer_date,sequence',
} as const;

/** Few dates and sequences, so that rows are repeated and contradict each other. */
const dates = ['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-10', '2026-04-11'];
const sequences = ['', '1', '2', '3'];
const reasons = ['住所不明', 'moved, "unknown"', '該当なし', 'x'.repeat(120)];

/** Draws a file of up to 12 rows of some invoices. */
export function drawFile(random: Random, invoices: readonly FuzzedInvoice[]): DrawnFile {
  const kind = random.below(4) === 0 ? 'answers' : 'results';
  const draw = kind === 'results' ? drawResult : drawAnswer;
  const rows = Array.from({ length: random.between(1, 12) }, () => draw(random, random.pick(invoices)));
  return { kind, header: HEADERS[kind], rows };
}

function drawResult(random: Random, { number, totalMinor }: FuzzedInvoice): string {
  const result = random.pick(['collected', 'partial', 'partial', 'uncollected', 'pending']);
  const part = String(random.between(1, Number(totalMinor) - 1));
  const amounts = {
    collected: random.pick(['', String(totalMinor)]),
    partial: part,
    uncollected: random.pick(['', '0']),
    pending: '0',
  };
  const amount = amounts[result as keyof typeof amounts];
  const code = random.pick(['', '0', '1']);
  return rowOf([number, result, amount, random.pick(dates), random.pick(sequences), code]);
}

function drawAnswer(random: Random, { number }: FuzzedInvoice): string {
  const isRefused = random.below(2) === 0;
  const [answer, reason] = isRefused ? ['refused', random.pick(reasons)] : ['accepted', ''];
  return rowOf([number, answer, reason, random.pick(dates), random.pick(sequences)]);
}

function rowOf(fields: readonly string[]): string {
  return formatCsv([fields]).replace(/\r?\n$/, '');
}

/** The bytes of a file, sometimes with the line that states how many rows it has. */
export function bytesOf({ header, rows }: DrawnFile, random: Random): Buffer {
  const trailer = random.below(3) === 0 ? [`end,${rows.length}`] : [];
  return Buffer.from([header, ...rows, ...trailer, ''].join('\n'));
}
