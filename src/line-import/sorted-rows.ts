import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LineRow } from './line-row.rules.ts';
import { readSpillFile, writeSpillFile, type RowBlocks } from './spill-file.ts';

/** Rows kept in memory, some 15 MB; a longer file is sorted in spill files on disk. */
const SPILL_ROWS = 50_000;

/** A spill file and the position of its next row. */
interface Head {
  block: readonly LineRow[];
  index: number;
  readonly run: RowBlocks;
}

/**
 * Sorts the rows of a file by line, in bounded memory: the result for a line depends on all its rows, wherever they are
 * in the file, and the database inserts fastest in the order of its key. Rows of one line keep the order of the file.
 */
export class SortedRows implements AsyncDisposable {
  #rows: LineRow[] = [];
  #folder: string | undefined;
  readonly #runs: RowBlocks[] = [];
  readonly #runRows: number;

  constructor(runRows = SPILL_ROWS) {
    this.#runRows = runRows;
  }

  async add(rows: readonly LineRow[]): Promise<void> {
    for (const row of rows) this.#rows.push(row);
    if (this.#rows.length >= this.#runRows) await this.#spill();
  }

  /** All rows, in chunks of whole lines: `chunkRows` rows, and the remaining rows of the last line. */
  async *chunks(chunkRows: number): AsyncGenerator<LineRow[][]> {
    let lines: LineRow[][] = [];
    let rowCount = 0;
    for await (const line of this.#lines()) {
      rowCount += line.length;
      lines.push(line);
      if (rowCount < chunkRows) continue;
      yield lines;
      lines = [];
      rowCount = 0;
    }
    if (lines.length > 0) yield lines;
  }

  /** Removes the spill files. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true });
  }

  async *#lines(): AsyncGenerator<LineRow[]> {
    const heads = await openHeads([...this.#runs, [this.#takeSorted()].values()]);
    let line: LineRow[] = [];
    for (let head = heads.pop(); head; head = heads.pop()) {
      const row = head.block[head.index] as LineRow;
      if (line[0] && line[0].lineId !== row.lineId) {
        yield line;
        line = [];
      }
      line.push(row);
      head.index += 1;
      if (head.index < head.block.length || (await readNextBlock(head))) insertHead(heads, head);
    }
    if (line.length > 0) yield line;
  }

  #takeSorted(): LineRow[] {
    const rows = this.#rows.sort(compareRows);
    this.#rows = [];
    return rows;
  }

  /** The folder is readable by this user only: rows contain names and birth dates. */
  async #spill(): Promise<void> {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'tabane-lines-'));
    const path = join(this.#folder, String(this.#runs.length));
    const blockBytes = await writeSpillFile(path, this.#takeSorted());
    this.#runs.push(readSpillFile(path, blockBytes));
  }
}

/** The spill files by their next rows, the smallest at the end, where it is cheap to remove. */
async function openHeads(runs: readonly RowBlocks[]): Promise<Head[]> {
  const heads: Head[] = [];
  for (const run of runs) {
    const head: Head = { block: [], index: 0, run };
    if (await readNextBlock(head)) insertHead(heads, head);
  }
  return heads;
}

/** Whether there was another block. */
async function readNextBlock(head: Head): Promise<boolean> {
  const { done, value } = await head.run.next();
  head.block = done ? [] : value;
  head.index = 0;
  return head.block.length > 0;
}

function insertHead(heads: Head[], head: Head): void {
  const row = head.block[head.index] as LineRow;
  let [low, high] = [0, heads.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = heads[middle];
    if (other && compareRows(other.block[other.index] as LineRow, row) > 0) low = middle + 1;
    else high = middle;
  }
  heads.splice(low, 0, head);
}

function compareRows(left: LineRow, right: LineRow): number {
  if (left.lineId === right.lineId) return left.row - right.row;
  return left.lineId < right.lineId ? -1 : 1;
}
