import { parse } from 'csv-parse/sync';
import { readFileDate } from '../line-import/file-date.rules.ts';
import type { RowPlace } from '../line-import/line-row.rules.ts';
import type { InvoiceAnswerRow } from './answer.rules.ts';
import type { CollectionResultKind, InvoiceResult } from './collection-state.rules.ts';

/** What the carrier sends: results of collection, or answers to the invoice details. */
export type CollectionFileKind = 'results' | 'answers';

/** A result with its place in the file. */
export interface ResultRow extends InvoiceResult, RowPlace {
  readonly invoiceNumber: string;
  /** The amount was left empty: a collected invoice is collected in full. */
  readonly isWhole: boolean;
}

/** An answer with its place in the file. */
export interface AnswerRow extends InvoiceAnswerRow, RowPlace {
  readonly invoiceNumber: string;
}

/** Why a row was refused. The codes are stable, the reasons are for people. */
export interface CollectionFault {
  readonly code:
    | 'column-count'
    | 'quote-stray'
    | 'invoice-number-invalid'
    | 'invoice-unknown'
    | 'invoice-not-closed'
    | 'result-invalid'
    | 'answer-invalid'
    | 'reason-invalid'
    | 'amount-invalid'
    | 'date-invalid'
    | 'date-in-future'
    | 'sequence-invalid'
    | 'result-code-invalid'
    | 'contradicts-row';
  readonly reason: string;
}

/** A refused row: its position and why. */
export interface CollectionRowError extends RowPlace, CollectionFault {}

const columns = {
  results: {
    required: ['invoice_number', 'result', 'collected_amount', 'result_date'],
    optional: ['sequence', 'result_code'],
  },
  answers: { required: ['invoice_number', 'answer', 'reason', 'answer_date'], optional: ['sequence'] },
} as const;

type ColumnName = (typeof columns)[CollectionFileKind][keyof (typeof columns)['results']][number];

/** The columns of a file. */
export interface CollectionLayout {
  readonly kind: CollectionFileKind;
  readonly count: number;
  readonly at: Readonly<Partial<Record<ColumnName, number>>>;
}

/** Parses a header; columns may be in any order. Returns what is wrong if it is of neither kind of file. */
export function readCollectionHeader(text: string): CollectionLayout | string {
  const names = text.split(',').map((name) => name.replaceAll(/^"|"$/g, ''));
  const kind: CollectionFileKind = names.includes('answer') ? 'answers' : 'results';
  const { required, optional } = columns[kind];
  const missing = required.filter((name) => !names.includes(name));
  if (missing.length > 0) return `the header lacks ${missing.join(', ')}`;
  const known = new Set<string>([...required, ...optional]);
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) return `the header has unknown columns (${unknown.length})`;
  if (new Set(names).size < names.length) return 'the header names a column twice';
  return { kind, count: names.length, at: Object.fromEntries(names.map((name, index) => [name, index])) };
}

/** The fields of one line, which has no line break within quotes; undefined for a stray quote. */
export function splitRow(line: string): readonly string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  try {
    return parse(line, { relax_column_count: true })[0];
  } catch {
    return undefined;
  }
}

const TRAILER = 'end';

/** The number of rows that a last line `end,1000` states; undefined for a line that is a row. */
export function readTrailer(line: string): number | undefined {
  const [mark, count = '', ...rest] = line.split(',');
  const isTrailer = mark === TRAILER && /^\d{1,12}$/.test(count) && rest.every((field) => field === '');
  return isTrailer ? Number(count) : undefined;
}

const NUMBER = /^[\x21-\x7e]{1,24}$/;
const AMOUNT = /^\d{1,15}$/;
const SEQUENCE = /^(?:[1-9]\d{0,8})?$/;
const RESULT_CODE = /^[\x21-\x7e]{0,8}$/;
const MAX_REASON = 120;
const RESULTS: readonly string[] = [
  'collected',
  'partial',
  'uncollected',
  'pending',
] satisfies CollectionResultKind[];

interface RowRules {
  readonly layout: CollectionLayout;
  /** The business date of now: nothing has happened after it. */
  readonly today: string;
}

type FieldOf = (name: ColumnName) => string;

/** Checks the fields of one result, as far as that goes without its invoice. */
export function readResultRow(
  place: RowPlace,
  fields: readonly string[],
  { layout, today }: RowRules,
): ResultRow | CollectionFault {
  const field = fieldOf(layout, fields);
  const [result, amount, code] = [field('result'), field('collected_amount'), field('result_code')];
  const fault = findCommonFault(layout, fields, { field, date: 'result_date', today });
  if (fault) return fault;
  if (!RESULTS.includes(result)) return faultOf('result-invalid', `result is not ${RESULTS.join(', ')}`);
  if (amount === '' ? result === 'partial' : !AMOUNT.test(amount))
    return faultOf('amount-invalid', 'collected_amount is not a whole number of at most 15 digits');
  if (!RESULT_CODE.test(code))
    return faultOf(
      'result-code-invalid',
      'result_code has more than 8 characters, or others than visible ASCII',
    );
  return {
    row: place.row,
    line: place.line,
    invoiceNumber: field('invoice_number'),
    result: result as CollectionResultKind,
    collectedMinor: amount === '' ? 0n : BigInt(amount),
    isWhole: amount === '' && result === 'collected',
    date: readFileDate(field('result_date'))!,
    sequence: Number(field('sequence')),
    resultCode: code,
  };
}

/** Checks the fields of one answer, as far as that goes without its invoice. */
export function readAnswerRow(
  place: RowPlace,
  fields: readonly string[],
  { layout, today }: RowRules,
): AnswerRow | CollectionFault {
  const field = fieldOf(layout, fields);
  const [answer, reason] = [
    field('answer'),
    field('reason')
      .replaceAll(/\p{C}+/gu, ' ')
      .trim(),
  ];
  const fault = findCommonFault(layout, fields, { field, date: 'answer_date', today });
  if (fault) return fault;
  if (answer !== 'accepted' && answer !== 'refused')
    return faultOf('answer-invalid', 'answer is not accepted or refused');
  if (Array.from(reason).length > MAX_REASON)
    return faultOf('reason-invalid', `reason is longer than ${MAX_REASON}`);
  if (answer === 'refused' && reason === '')
    return faultOf('reason-invalid', 'refused, but without a reason');
  return {
    row: place.row,
    line: place.line,
    invoiceNumber: field('invoice_number'),
    answer,
    reason,
    date: readFileDate(field('answer_date'))!,
    sequence: Number(field('sequence')),
  };
}

function fieldOf({ at, count }: CollectionLayout, fields: readonly string[]): FieldOf {
  return (name) => fields[at[name] ?? count] ?? '';
}

interface CommonFields {
  readonly field: FieldOf;
  readonly date: 'result_date' | 'answer_date';
  readonly today: string;
}

/** The first fault in what both kinds of rows have. */
function findCommonFault(
  { count }: CollectionLayout,
  fields: readonly string[],
  { field, date, today }: CommonFields,
): CollectionFault | undefined {
  if (fields.length !== count)
    return faultOf('column-count', `${fields.length} columns where the header has ${count}`);
  if (!NUMBER.test(field('invoice_number')))
    return faultOf('invoice-number-invalid', 'invoice_number is not one of ours');
  const on = readFileDate(field(date));
  if (on === undefined) return faultOf('date-invalid', `${date} is not a date`);
  // A date that is mistyped into the future would count for ever.
  if (on > today) return faultOf('date-in-future', `${date} is in the future`);
  if (!SEQUENCE.test(field('sequence')))
    return faultOf('sequence-invalid', 'sequence is not a number from 1');
  return undefined;
}

/** A fault as a value. */
export function faultOf(code: CollectionFault['code'], reason: string): CollectionFault {
  return { code, reason };
}

/** Whether reading a row has found a fault. */
export function isFault(read: object): read is CollectionFault {
  return 'code' in read;
}
