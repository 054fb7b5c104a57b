import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Extension of a file that is being written, or whose writer was interrupted. */
export const UNFINISHED = '.part';

/**
 * Writes a file atomically and durably: `write` fills and synchronises a file under another name, which is then renamed.
 * After a failure the old file is unchanged.
 */
export async function replaceDurably<T>(path: string, write: (unfinished: string) => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    const result = await write(unfinished);
    await rename(unfinished, path);
    await syncFolder(dirname(path));
    return result;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Removes the files of interrupted writers. For a file with one writer at a time. */
export async function removeUnfinished(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const names = await readdir(dirname(path));
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(UNFINISHED));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/**
 * Writes a text file durably. Pieces are written as they arrive, so the whole is never in memory.
 * @param accept gets the checksum before the file is renamed; if it throws, the old file is unchanged.
 * @returns the SHA-256 of the bytes in hexadecimal.
 */
export function writeDurably(
  path: string,
  pieces: AsyncIterable<string>,
  accept: (checksum: string) => void = () => {},
): Promise<string> {
  return replaceDurably(path, async (unfinished) => {
    const hash = createHash('sha256');
    await using file = await open(unfinished, 'wx');
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece, 'utf8');
      hash.update(bytes);
      await file.writeFile(bytes);
    }
    await file.sync();
    const checksum = hash.digest('hex');
    accept(checksum);
    return checksum;
  });
}

/** The SHA-256 of a file in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Synchronises the folder: a rename is durable only with it. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
