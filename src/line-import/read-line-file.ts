import { Buffer } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { decodeLineFile } from './decode-line-file.ts';
import type { StatedEncoding } from './file-encoding.rules.ts';
import type { LineBlock } from './line-blocks.ts';
import {
  columnName,
  isFault,
  readHeader,
  readLineRow,
  type LineColumns,
  type LineRow,
  type RowFault,
  type RowPlace,
  type RowRules,
} from './line-row.rules.ts';
import { scanRecord, type RecordShape } from './quoted-record.rules.ts';
import { refuseFile } from './refuse-file.ts';

/** A refused row: its position and why. */
export interface RowError extends RowPlace, RowFault {}

/** Rows of a block of the file, in its order. */
export interface LineBatch {
  readonly rows: readonly LineRow[];
  readonly errors: readonly RowError[];
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const CR_ALONE = 'its lines end with CR alone, save it with LF or CRLF';

type Rules = Omit<RowRules, 'columns'> & { readonly encoding?: StatedEncoding };

/**
 * Reads a line master file block by block. Every line of it is a row, belongs to a quoted field that is closed, is empty,
 * or is refused by its number. Only after its last row is it known that the file is complete: nothing may be stored
 * before the reader has finished.
 * @throws Problem `import-refused` for another encoding than stated (UTF-8 unless stated), a wrong header, and for a
 *   truncated file: a last row without its line feed or with fewer columns.
 */
export class LineFileReader {
  #columns: LineColumns | undefined;
  #shape: RecordShape | undefined;
  #rows: LineRow[] = [];
  #errors: RowError[] = [];
  #row = 0;
  #line = 1;
  #lastFieldCount = 0;
  /** Lines that end within a quoted field: the next block is needed to read them. */
  #open = Buffer.alloc(0);
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  get rowCount(): number {
    return this.#row;
  }

  async *read(source: AsyncIterable<Buffer | string>): AsyncGenerator<LineBatch> {
    let isCutOff = false;
    const lineOf = () => this.#line + countLineFeeds(this.#open);
    for await (const block of decodeLineFile(source, this.#rules.encoding, lineOf)) {
      ({ isCutOff } = block);
      if (!isCutOff) this.#readBlock(block);
      else if (!this.#columns && block.bytes.includes(CARRIAGE_RETURN)) throw refuseFile(CR_ALONE);
      yield this.#takeBatch();
    }
    this.#readRows(this.#open, { isLast: true });
    this.#refuseCutOff(isCutOff);
    yield this.#takeBatch();
  }

  #readBlock({ bytes }: LineBlock): void {
    const from = this.#columns ? 0 : this.#readHeader(bytes);
    const rows = bytes.subarray(from);
    this.#readRows(this.#open.length > 0 ? Buffer.concat([this.#open, rows]) : rows, { isLast: false });
  }

  /** Reads the first line. Returns its length. */
  #readHeader(bytes: Buffer): number {
    const end = bytes.indexOf(LINE_FEED) + 1;
    const columns = readHeader(bytes.toString('utf8', 0, end).trimEnd());
    if (typeof columns === 'string') throw refuseFile(columns);
    this.#columns = columns;
    this.#shape = {
      columnCount: columns.count,
      lineIdColumn: columns.at.line_id,
      isLineId: (text) => this.#rules.lineIdPattern.test(text),
    };
    this.#line += 1;
    return end;
  }

  /** Without a quote, each line is a row. */
  #readRows(bytes: Buffer, { isLast }: { isLast: boolean }): void {
    this.#open = Buffer.alloc(0);
    let from = 0;
    for (let quote = bytes.indexOf(QUOTE); quote >= 0;) {
      const start = Math.max(from, bytes.lastIndexOf(LINE_FEED, quote) + 1);
      const scan = scanRecord(bytes, start, this.#shape as RecordShape);
      if (scan.kind === 'record') {
        quote = bytes.indexOf(QUOTE, scan.end);
        continue;
      }
      this.#parse(bytes.subarray(from, start));
      if (scan.kind === 'open' && !isLast) {
        this.#open = Buffer.from(bytes.subarray(start));
        return;
      }
      from = bytes.indexOf(LINE_FEED, start) + 1;
      this.#refuseLine(bytes.toString('utf8', start, from), scan.column);
      quote = bytes.indexOf(QUOTE, from);
    }
    this.#parse(bytes.subarray(from));
  }

  /** Quotes within a field are ordinary characters; those that open one have been scanned. */
  #parse(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const records = parse(bytes, {
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n'],
    });
    const mayBreak = bytes.includes(QUOTE);
    for (const fields of records) {
      this.#take(fields);
      this.#line += 1;
      if (mayBreak) for (const field of fields) this.#line += countLineFeeds(field);
    }
  }

  #take(fields: readonly string[]): void {
    // Ignores an empty line.
    if (fields.length === 1 && fields[0] === '') return;
    const columns = this.#columns as LineColumns;
    const place = this.#nextRow(fields.length);
    const outcome = readLineRow(place, fields, { ...this.#rules, columns });
    if (isFault(outcome)) this.#errors.push({ ...place, ...outcome });
    else this.#rows.push(outcome);
  }

  #refuseLine(text: string, column: number): void {
    const place = this.#nextRow(text.split(',').length);
    const reason = `a quote in ${columnName(this.#columns as LineColumns, column)} is not closed where it should be`;
    this.#errors.push({ ...place, code: 'quote-stray', reason });
    this.#line += 1;
  }

  #nextRow(fieldCount: number): RowPlace {
    this.#row += 1;
    this.#lastFieldCount = fieldCount;
    return { row: this.#row, line: this.#line };
  }

  #takeBatch(): LineBatch {
    const batch = { rows: this.#rows, errors: this.#errors };
    this.#rows = [];
    this.#errors = [];
    return batch;
  }

  #refuseCutOff(isCutOff: boolean): void {
    if (isCutOff) throw refuseFile('it is cut off: the last row does not end with a line feed');
    if (!this.#columns) throw refuseFile('it is empty');
    const { count } = this.#columns;
    if (this.#row > 0 && this.#lastFieldCount < count) {
      throw refuseFile(`it is cut off: the last row has ${this.#lastFieldCount} of ${count} columns`);
    }
  }
}

function countLineFeeds(text: string | Buffer): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
