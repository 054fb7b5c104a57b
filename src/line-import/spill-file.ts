import { open } from 'node:fs/promises';
import type { LineRow } from './line-row.rules.ts';

/** Sorted rows, block by block, from memory or from disk. */
export type RowBlocks = Iterator<readonly LineRow[]> | AsyncIterator<readonly LineRow[]>;

/** Rows written and read at a time: one block of each spill file is in memory. */
const BLOCK_ROWS = 500;

/** Writes sorted rows to a new file. Returns the bytes of each block, which are needed to read it. */
export async function writeSpillFile(path: string, rows: readonly LineRow[]): Promise<readonly number[]> {
  const blockBytes: number[] = [];
  await using file = await open(path, 'wx', 0o600);
  for (let from = 0; from < rows.length; from += BLOCK_ROWS) {
    const block = Buffer.from(JSON.stringify(rows.slice(from, from + BLOCK_ROWS)));
    await file.writeFile(block);
    blockBytes.push(block.length);
  }
  return blockBytes;
}

/** Reads a spill file block by block; the first read opens it. */
export async function* readSpillFile(
  path: string,
  blockBytes: readonly number[],
): AsyncGenerator<readonly LineRow[]> {
  await using file = await open(path);
  for (const bytes of blockBytes) {
    const { buffer } = await file.read(Buffer.allocUnsafe(bytes), 0, bytes);
    yield JSON.parse(buffer.toString()) as LineRow[];
  }
}
