import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';

/** A cell; empty for a missing value. */
export type Cell = string | number | bigint | null;

/**
 * Writes a CSV file (UTF-8, LF, header) from rows as they come; it appears under its name only when it is
 * complete. Returns the number of rows.
 */
export async function writeCsv<C extends string>(
  path: string,
  columns: readonly C[],
  rows: AsyncIterable<Readonly<Record<C, Cell>>>,
): Promise<number> {
  const unfinished = `${path}.part`;
  let count = 0;
  const cells = async function* () {
    for await (const row of rows) {
      count += 1;
      yield columns.map((column) => (row[column] === null ? '' : String(row[column])));
    }
  };
  const format = stringify({ header: true, columns: [...columns], record_delimiter: 'unix' });
  await pipeline(Readable.from(cells()), format, createWriteStream(unfinished));
  await rename(unfinished, path);
  return count;
}
