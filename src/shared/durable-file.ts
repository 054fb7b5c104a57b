import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Ends the name of a file that is being written, or was when its writer was cut off. */
export const UNFINISHED = '.part';

/**
 * Makes a file that is either complete and on disk, or as it was before: `write` fills one of another name and
 * synchronises it, then it is renamed.
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

/** Removes what writers of a file left behind that were cut off. For a file with one writer at a time. */
export async function removeUnfinished(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const names = await readdir(dirname(path));
  const left = names.filter((name) => name.startsWith(`${basename(path)}.`) && name.endsWith(UNFINISHED));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/**
 * Writes a text file durably. Pieces are written as they come, so the whole is never held in memory.
 * @param accept is told the checksum before the file takes its place; when it throws, all is as it was.
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

/** A rename is durable only with its folder. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
