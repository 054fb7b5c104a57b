import assert from 'node:assert/strict';
import { open, type FileHandle } from 'node:fs/promises';
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
    yield JSON.parse((await readWhole(file, bytes)).toString()) as LineRow[];
  }
}

/** The next bytes of a file: one read may give fewer than it was asked for. */
async function readWhole(file: FileHandle, bytes: number): Promise<Buffer> {
  const block = Buffer.allocUnsafe(bytes);
  for (let at = 0; at < bytes;) {
    const { bytesRead } = await file.read(block, at, bytes - at);
    assert.ok(bytesRead > 0, 'a spill file is shorter than it was written');
    at += bytesRead;
  }
  return block;
}
