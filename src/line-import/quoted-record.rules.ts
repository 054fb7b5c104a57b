import type { Buffer } from 'node:buffer';

/** What distinguishes a row from a piece of a name before it is parsed. */
export interface RecordShape {
  readonly columnCount: number;
  readonly lineIdColumn: number;
  readonly isLineId: (text: string) => boolean;
}

/**
 * A record with its end, after its line feed; a stray quote with its column; or a quoted
 * field that is still open at the end of the bytes, so that more are needed.
 */
export type RecordScan =
  | { readonly kind: 'record'; readonly end: number }
  | { readonly kind: 'stray'; readonly column: number }
  | { readonly kind: 'open'; readonly column: number };

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Bounds of one record over several lines: names are short, so a longer one means a quote that was left open. */
const MAX_LINES = 50;
const MAX_BYTES = 16 * 1024;

type FieldState = 'begin' | 'plain' | 'quoted' | 'closed';

/**
 * Scans the record that begins at `start`. A quote within a field is an ordinary character. One at its beginning opens a quoted
 * field, which must be closed before a comma or the end of a line. A quoted field may span several lines, but only
 * where the record then has its columns and no line in it is a row by itself: otherwise a stray quote would swallow the
 * good rows up to the next quote.
 */
export function scanRecord(bytes: Buffer, start: number, shape: RecordShape): RecordScan {
  const lines = new LinesOfRecord(bytes, start, shape);
  let state: FieldState = 'begin';
  let column = 0;
  let quotedColumn = 0;
  for (let at = start; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (state === 'quoted') {
      if (byte === QUOTE) state = 'closed';
      else if (byte === LINE_FEED && !lines.mayContinue(at, column))
        return { kind: 'stray', column: quotedColumn };
    } else if (state === 'closed' && byte === QUOTE) {
      state = 'quoted';
    } else if (byte === COMMA) {
      state = 'begin';
      column += 1;
    } else if (byte === LINE_FEED) {
      if (lines.mayEnd(at, column + 1)) return { kind: 'record', end: at + 1 };
      return { kind: 'stray', column: quotedColumn };
    } else if (state === 'begin' && byte === QUOTE) {
      state = 'quoted';
      quotedColumn = column;
    } else if (state === 'begin') {
      state = 'plain';
    } else if (state === 'closed' && !(byte === CARRIAGE_RETURN && bytes[at + 1] === LINE_FEED)) {
      return { kind: 'stray', column };
    }
  }
  return { kind: 'open', column: quotedColumn };
}

/** The lines that a record spans; each of them is examined as a possible row. */
class LinesOfRecord {
  readonly #bytes: Buffer;
  readonly #shape: RecordShape;
  readonly #start: number;
  #lineStart: number;
  #breaks = 0;
  /** The column of the field in which the current line begins. */
  #openColumn = 0;

  constructor(bytes: Buffer, start: number, shape: RecordShape) {
    this.#bytes = bytes;
    this.#start = start;
    this.#lineStart = start;
    this.#shape = shape;
  }

  /** Whether a line may end at `end` within the quoted field of a column. */
  mayContinue(end: number, column: number): boolean {
    const { columnCount, lineIdColumn } = this.#shape;
    const fields = this.#fieldsUpTo(end);
    const isFull = fields.length >= columnCount;
    const isRow =
      this.#breaks === 0
        ? isFull && column < columnCount - 1
        : isFull || this.#hasLineId(fields[lineIdColumn]);
    this.#breaks += 1;
    this.#lineStart = end + 1;
    this.#openColumn = column;
    return !isRow && this.#breaks < MAX_LINES && end - this.#start < MAX_BYTES;
  }

  /** Whether the record may end at `end` with so many columns; a record of one line always may. */
  mayEnd(end: number, columns: number): boolean {
    if (this.#breaks === 0) return true;
    const { columnCount, lineIdColumn } = this.#shape;
    // All other fields of a row follow its first, including the line ID.
    const isRow = this.#openColumn > 0 && this.#hasLineId(this.#fieldsUpTo(end)[lineIdColumn]);
    return columns === columnCount && !isRow;
  }

  #fieldsUpTo(end: number): string[] {
    return this.#bytes.toString('utf8', this.#lineStart, end).split(',');
  }

  #hasLineId(field = ''): boolean {
    return this.#shape.isLineId(field.replaceAll('"', '').trim());
  }
}
