import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { Problem } from '../shared/problem.ts';
import {
  isFault,
  readHeader,
  readLineRow,
  type LineColumns,
  type LineRow,
  type RowFault,
  type RowPlace,
  type RowRules,
} from './line-row.rules.ts';

/** A row that was not taken: where it stands and why. */
export interface RowError extends RowPlace, RowFault {}

/** Rows of a part of the file, in its order. */
export interface LineBatch {
  readonly rows: readonly LineRow[];
  readonly errors: readonly RowError[];
}

/** A longer record is a quote that was never closed. */
const MAX_RECORD_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

type Rules = Omit<RowRules, 'columns'>;

/**
 * Reads a line master file piece by piece. Whether it is whole is known only behind its last row: nothing may be
 * stored before this has come to its end.
 * @throws Problem `import-refused` for a wrong header, and for a file that was cut off: an open quote, a last row
 *   without its line feed or with fewer columns.
 */
export class LineFileReader {
  #columns: LineColumns | undefined;
  #rows: LineRow[] = [];
  #errors: RowError[] = [];
  #row = 0;
  #line = 1;
  #lastFieldCount = 0;
  readonly #rules: Rules;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Known when the first batch has come. */
  get columns(): LineColumns {
    if (!this.#columns) throw refusal('it is empty');
    return this.#columns;
  }

  get rowCount(): number {
    return this.#row;
  }

  async *read(source: Readable): AsyncGenerator<LineBatch> {
    const parser = this.#openParser();
    let lastByte: number | undefined;
    for await (const chunk of source as AsyncIterable<Buffer | string>) {
      const bytes = Buffer.from(chunk);
      lastByte = bytes.at(-1) ?? lastByte;
      await feed(parser, bytes);
      yield this.#takeBatch();
    }
    await feed(parser, undefined);
    this.#refuseCutOff(lastByte);
    yield this.#takeBatch();
  }

  /** Stray quotes are letters: read strictly, one would swallow the good rows behind it. */
  #openParser() {
    const parser = parse({
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n'],
      max_record_size: MAX_RECORD_BYTES,
      on_record: (fields: string[]) => {
        this.#take(fields);
        return null;
      },
    });
    // Nothing comes out at the other end, but the end itself has to be read.
    parser.resume();
    // Failures arrive through the callbacks of `feed`.
    parser.on('error', () => undefined);
    return parser;
  }

  #take(fields: readonly string[]): void {
    const line = this.#line;
    this.#line += 1 + fields.reduce((breaks, field) => breaks + countLineFeeds(field), 0);
    if (!this.#columns) {
      const columns = readHeader(fields);
      if (typeof columns === 'string') throw refusal(columns);
      this.#columns = columns;
      return;
    }
    // An empty line says nothing.
    if (fields.length === 1 && fields[0] === '') return;
    this.#row += 1;
    this.#lastFieldCount = fields.length;
    const place = { row: this.#row, line };
    const outcome = readLineRow(place, fields, { ...this.#rules, columns: this.#columns });
    if (isFault(outcome)) this.#errors.push({ ...place, ...outcome });
    else this.#rows.push(outcome);
  }

  #takeBatch(): LineBatch {
    const batch = { rows: this.#rows, errors: this.#errors };
    this.#rows = [];
    this.#errors = [];
    return batch;
  }

  #refuseCutOff(lastByte: number | undefined): void {
    const { count } = this.columns;
    if (lastByte !== LINE_FEED) throw refusal('it is cut off: the last row does not end with a line feed');
    if (this.#row > 0 && this.#lastFieldCount < count) {
      throw refusal(`it is cut off: the last row has ${this.#lastFieldCount} of ${count} columns`);
    }
  }
}

/** Hands bytes to the parser and waits until it has taken them; undefined is the end. */
async function feed(parser: ReturnType<typeof parse>, bytes: Buffer | undefined): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      const taken = (error?: Error | null): void => (error ? reject(error) : resolve());
      if (bytes) parser.write(bytes, taken);
      else parser.end(taken);
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusal(`a quote that opens at line ${String(error['lines'])} or before is not closed`);
  }
}

function countLineFeeds(field: string): number {
  return field.includes('\n') ? field.split('\n').length - 1 : 0;
}

function refusal(reason: string): Problem {
  return new Problem('import-refused', { detail: `The file was not taken, and nothing of it: ${reason}.` });
}
