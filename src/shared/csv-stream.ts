import { Readable } from 'node:stream';
import { formatCsv, type Cell } from './csv.ts';

/** Spreadsheets take a file without it for one in another encoding. */
const BYTE_ORDER_MARK = '\uFEFF';
const ROWS_PER_WRITE = 200;

interface CsvFile {
  readonly head: readonly string[];
  readonly rows: AsyncIterable<readonly Cell[]>;
  /** The last line, by which a person sees that the file is whole. */
  readonly last: (rowCount: number) => readonly Cell[];
}

/**
 * A CSV file for people, of any length: UTF-8 with a byte order mark, formulas of third parties neutralised, and a last line
 * that has the number of rows. A few hundred rows are in memory at a time.
 */
export function streamCsv(file: CsvFile): Readable {
  return Readable.from(writeCsv(file), { objectMode: false });
}

async function* writeCsv({ head, rows, last }: CsvFile): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + formatForPeople([head]);
  let [waiting, count]: [(readonly Cell[])[], number] = [[], 0];
  for await (const row of rows) {
    waiting.push(row);
    count += 1;
    if (waiting.length < ROWS_PER_WRITE) continue;
    yield formatForPeople(waiting);
    waiting = [];
  }
  yield formatForPeople([...waiting, last(count)]);
}

function formatForPeople(rows: readonly (readonly Cell[])[]): string {
  return formatCsv(rows, { protectFormulas: true });
}
