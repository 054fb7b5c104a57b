import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a text file that is either complete and on disk, or as it was before: written under another name,
 * synchronised, renamed. Pieces are written as they come, so the whole is never held in memory.
 * @returns the SHA-256 of the bytes in hexadecimal.
 */
export async function writeDurably(path: string, pieces: AsyncIterable<string>): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}.part`;
  const hash = createHash('sha256');
  try {
    await using file = await open(unfinished, 'wx');
    for await (const piece of pieces) {
      hash.update(piece, 'utf8');
      await file.writeFile(piece, 'utf8');
    }
    await file.sync();
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await rename(unfinished, path);
  await syncFolder(dirname(path));
  return hash.digest('hex');
}

/** A rename is durable only with its folder. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
