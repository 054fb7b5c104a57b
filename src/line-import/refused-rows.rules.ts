const LINE_FEED = 0x0a;
const QUOTE = 0x22;
/** Lines of one quoted record that are kept; a longer one is cut, which its own mending needs anyway. */
const MAX_LINES = 100;

/** A refused row of a line file, as the file of errors lists it. */
export interface RefusedRow {
  /** Of the rows, without the header. */
  readonly row: number;
  /** Of the file, with the header as the first. */
  readonly line: number;
  readonly code: string;
  /** Does not quote names, birth dates or addresses. */
  readonly reason: string;
}

/**
 * The header and the refused rows of a file, byte for byte as they were sent, to be mended and sent again. The lines of the file
 * come one by one; a row within quotes takes the lines up to its closing quote, except one that was refused because it has none.
 */
export async function* pickRefusedRows(
  lines: AsyncIterable<Buffer>,
  refused: readonly RefusedRow[],
): AsyncGenerator<Buffer> {
  const wanted = new Map(refused.map((row) => [row.line, row]));
  let number = 0;
  let open = 0;
  let isOdd = false;
  for await (const line of lines) {
    number += 1;
    const row = wanted.get(number);
    if (number > 1 && row === undefined && open === 0) continue;
    yield line;
    if (row !== undefined) [open, isOdd] = [row.code === 'quote-stray' ? 0 : MAX_LINES, false];
    isOdd = hasOddQuotes(line) !== isOdd;
    open = isOdd && number > 1 ? Math.max(0, open - 1) : 0;
  }
}

function hasOddQuotes(line: Buffer): boolean {
  let isOdd = false;
  for (const byte of line) if (byte === QUOTE) isOdd = !isOdd;
  return isOdd;
}

/** The lines of a file with their line ends; the last one may have none. A line is in memory, not the file. */
export async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      yield Buffer.concat([rest, chunk.subarray(from, end + 1)]);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (rest.length > 0) yield rest;
}
