import { createHash } from 'node:crypto';
import { decodeLineFile } from '../line-import/decode-line-file.ts';
import type { LineBlock } from '../line-import/line-blocks.ts';
import { refuseFile } from '../line-import/refuse-file.ts';
import {
  faultOf,
  isFault,
  readAnswerRow,
  readCollectionHeader,
  readResultRow,
  readTrailer,
  splitRow,
  type AnswerRow,
  type CollectionFault,
  type CollectionLayout,
  type CollectionRowError,
  type ResultRow,
} from './collection-file.rules.ts';

/** What the first reading of a file has found. */
export interface InspectedFile {
  readonly layout: CollectionLayout;
  /** Rows, bad ones included. */
  readonly rowCount: number;
  /** SHA-256 of its bytes. */
  readonly checksum: string;
}

type Source = AsyncIterable<Buffer>;

/**
 * Reads a file to its end without its rows: nothing of a truncated file may be booked.
 * @throws Problem `import-refused` for a wrong header, another encoding than UTF-8, and for a truncated file: a last row without its
 *   line feed or with fewer columns, or another number of rows than its last line states (`end,1000`, which a file may have).
 */
export async function inspectCollectionFile(source: Source): Promise<InspectedFile> {
  const hash = createHash('sha256');
  const lines = new LineCounter();
  for await (const block of decodeLineFile(hashed(source, hash), undefined, () => lines.count + 1))
    lines.add(block);
  return { ...lines.end(), checksum: hash.digest('hex') };
}

async function* hashed(source: Source, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

const LINE_FEED = 0x0a;

/** Counts the lines of a file, and keeps its first and its last. */
class LineCounter {
  count = 0;
  #empty = 0;
  #header: string | undefined;
  #last = '';
  #isCutOff = false;

  add({ bytes, isCutOff }: LineBlock): void {
    this.#isCutOff = isCutOff;
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#header ??= withoutReturn(bytes.toString('utf8', start, end));
      if (end - start <= 1 && withoutReturn(bytes.toString('utf8', start, end)) === '') this.#empty += 1;
      this.count += 1;
      start = end + 1;
    }
    const begin = bytes.lastIndexOf(LINE_FEED, bytes.length - 2) + 1;
    const last = withoutReturn(bytes.toString('utf8', begin, bytes.length - 1));
    if (last !== '') this.#last = last;
  }

  end(): { layout: CollectionLayout; rowCount: number } {
    if (this.#isCutOff) throw refuseFile('it is cut off: the last row does not end with a line feed');
    if (this.#header === undefined) throw refuseFile('it is empty');
    const layout = readCollectionHeader(this.#header);
    if (typeof layout === 'string') throw refuseFile(layout);
    const rowCount = this.count - 1 - this.#empty;
    const stated = readTrailer(this.#last);
    if (stated !== undefined) {
      if (stated !== rowCount - 1)
        throw refuseFile(`it is cut off: it has ${rowCount - 1} rows, and its last line states ${stated}`);
      return { layout, rowCount: stated };
    }
    const columns = splitRow(this.#last)?.length ?? layout.count;
    if (rowCount > 0 && columns < layout.count)
      throw refuseFile(`it is cut off: the last row has ${columns} of ${layout.count} columns`);
    return { layout, rowCount };
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** Rows of a block of the file, in its order. */
export interface CollectionBatch<Row> {
  readonly rows: readonly Row[];
  readonly errors: readonly CollectionRowError[];
}

interface ReadRows {
  readonly file: InspectedFile;
  /** The business date of now. */
  readonly today: string;
}

/** Reads the rows of an inspected file of results, block by block. */
export function readResults(source: Source, options: ReadRows): AsyncGenerator<CollectionBatch<ResultRow>> {
  return readRows(source, options, (place, fields, rules) => readResultRow(place, fields, rules));
}

/** Reads the rows of an inspected file of answers, block by block. */
export function readAnswers(source: Source, options: ReadRows): AsyncGenerator<CollectionBatch<AnswerRow>> {
  return readRows(source, options, (place, fields, rules) => readAnswerRow(place, fields, rules));
}

type ReadRow<Row> = (
  place: { readonly row: number; readonly line: number },
  fields: readonly string[],
  rules: { readonly layout: CollectionLayout; readonly today: string },
) => Row | CollectionFault;

const STRAY_QUOTE = faultOf('quote-stray', 'a quote is not closed where it should be');

/** Throws when the file has other rows than it had when it was inspected. */
async function* readRows<Row extends object>(
  source: Source,
  { file: { layout, rowCount }, today }: ReadRows,
  read: ReadRow<Row>,
): AsyncGenerator<CollectionBatch<Row>> {
  let [line, row] = [0, 0];
  for await (const { bytes } of decodeLineFile(source, undefined, () => line + 1)) {
    const rows: Row[] = [];
    const errors: CollectionRowError[] = [];
    const lines = bytes.toString('utf8').split('\n');
    lines.pop();
    for (const text of lines) {
      line += 1;
      const content = withoutReturn(text);
      // The header, empty lines, and the line that states the number of rows.
      if (line === 1 || content === '' || row === rowCount) continue;
      row += 1;
      const place = { row, line };
      const fields = splitRow(content);
      const outcome = fields ? read(place, fields, { layout, today }) : STRAY_QUOTE;
      if (isFault(outcome)) errors.push({ ...place, ...outcome });
      else rows.push(outcome);
    }
    yield { rows, errors };
  }
  if (row !== rowCount) throw new Error(`the file had ${rowCount} rows, and has ${row} now`);
}
