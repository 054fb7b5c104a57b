import { Buffer, isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import type { UsageItem } from '../charges/usage.types.ts';
import {
  readUsageHeader,
  readUsageRow,
  unreadableRow,
  type RowFault,
  type UsageColumns,
} from './usage-row.rules.ts';

/** As many as a file may have (our decision). */
export const MAX_ROWS = 1_000_000;
const MAX_LINE_BYTES = 8 * 1_024;
const MAX_REFERENCE = 64;
const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = '\uFEFF';

/** A row of a file: its line, the first line of the file being 1, and the use that it describes or what is wrong with it. */
export interface ReadRow {
  readonly number: number;
  readonly use: UsageItem | RowFault;
  /** As it was written, also in a row that is wrong. */
  readonly reference: string | null;
}

/** Why a file as a whole cannot be read. */
export class UnreadableFile extends Error {}

/**
 * Reads the rows of a usage file as its bytes arrive: UTF-8, with or without a byte order mark, lines ending with LF or CRLF, one
 * row a line. A line that cannot be read is a row with a fault and harms no other. A block of lines is in memory at a time.
 * @throws UnreadableFile for a wrong first line, a line of more than 8 KiB, more than a million rows, and none
 */
export async function* readUsageRows(
  content: AsyncIterable<Buffer>,
  now: Date,
): AsyncGenerator<readonly ReadRow[]> {
  let columns: UsageColumns | undefined;
  let [line, count] = [0, 0];
  for await (const block of wholeLines(content)) {
    let from = 0;
    if (columns === undefined) {
      from = block.indexOf(LINE_FEED) + 1;
      columns = readFirstLine(block.subarray(0, from));
      line = 1;
    }
    const rows: ReadRow[] = [];
    for (const cells of splitLines(block.subarray(from))) {
      line += 1;
      if (isEmpty(cells)) continue;
      rows.push(rowOf(line, cells, { columns, now }));
    }
    count += rows.length;
    if (count > MAX_ROWS) throw new UnreadableFile(`it has more than ${MAX_ROWS} rows`);
    yield rows;
  }
  if (count === 0) throw new UnreadableFile('it has no rows');
}

interface Reading {
  readonly columns: UsageColumns;
  readonly now: Date;
}

function rowOf(number: number, cells: readonly string[] | RowFault, { columns, now }: Reading): ReadRow {
  if ('code' in cells) return { number, use: cells, reference: null };
  const written = cells[columns.indexOf('reference')] ?? '';
  const reference = Array.from(written).slice(0, MAX_REFERENCE).join('') || null;
  return { number, use: readUsageRow(columns, cells, now), reference };
}

const isEmpty = (cells: readonly string[] | RowFault) =>
  !('code' in cells) && cells.every((cell) => cell === '');

function readFirstLine(line: Buffer): UsageColumns {
  if (!isUtf8(line)) throw new UnreadableFile('it is not UTF-8');
  const text = line.toString('utf8');
  const [cells] = splitLines(Buffer.from(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text));
  const columns = cells && !('code' in cells) ? readUsageHeader(cells) : 'its first line cannot be read';
  if (typeof columns === 'string') throw new UnreadableFile(columns);
  return columns;
}

const csv = { relax_column_count: true, record_delimiter: ['\r\n', '\n'] };

/** The cells of each line. Together, if each is a row by itself; otherwise one by one, so that a stray quote takes no other line. */
function splitLines(lines: Buffer): (readonly string[] | RowFault)[] {
  const texts = linesOf(lines);
  if (isUtf8(lines)) {
    try {
      const rows = parse(lines, csv);
      if (rows.length === texts.length) return rows;
    } catch {
      // One of the lines has a quote in the wrong place.
    }
  }
  return texts.map(splitLine);
}

function splitLine(line: Buffer): readonly string[] | RowFault {
  if (!isUtf8(line)) return unreadableRow('the row is not UTF-8');
  try {
    const rows = parse(line, csv);
    return rows[0] ?? [''];
  } catch {
    return unreadableRow('a quote is not closed, or is not doubled within quotes');
  }
}

function linesOf(lines: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let from = 0; from < lines.length;) {
    const end = lines.indexOf(LINE_FEED, from) + 1;
    found.push(lines.subarray(from, end));
    from = end;
  }
  return found;
}

/** Blocks of whole lines, each with its line feed. @throws UnreadableFile for a line that is too long */
async function* wholeLines(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of content) {
    const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
    const end = all.lastIndexOf(LINE_FEED) + 1;
    rest = all.subarray(end);
    if (rest.length > MAX_LINE_BYTES) throw tooLong();
    if (end > 0) yield withoutLongLines(all.subarray(0, end));
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.from('\n')]);
}

function withoutLongLines(block: Buffer): Buffer {
  for (let from = 0; block.length - from > MAX_LINE_BYTES;) {
    const end = block.lastIndexOf(LINE_FEED, from + MAX_LINE_BYTES);
    if (end < from) throw tooLong();
    from = end + 1;
  }
  return block;
}

const tooLong = () => new UnreadableFile(`it has a line of more than ${MAX_LINE_BYTES / 1_024} KiB`);
