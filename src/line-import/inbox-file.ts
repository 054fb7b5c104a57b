import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { reasonOf } from '../shared/reason.ts';

/** An entry of the inbox that cannot be read; the others are not affected. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/**
 * Opens a file of the inbox. A name that ends in `.csv` may also belong to a folder, a dangling link, or a pipe, which
 * would block for ever.
 * @throws UnreadableFile
 */
export async function openInboxFile(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    throw new UnreadableFile(`cannot be opened: ${explainFileError(cause)}`, { cause });
  }
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new UnreadableFile('is not a file');
}

/** Reads the bytes of a file from its begin, however often it was read before. A failure to read is an UnreadableFile, unlike other failures. */
export async function* readInboxFile(file: FileHandle): AsyncGenerator<Buffer> {
  const stream = file.createReadStream({ autoClose: false, start: 0 });
  try {
    yield* stream as AsyncIterable<Buffer>;
  } catch (cause) {
    throw new UnreadableFile(`cannot be read: ${explainFileError(cause)}`, { cause });
  }
}

/** Errors that an operator can fix, in words; any other shows its code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is gone, or a link that leads nowhere',
  ELOOP: 'it is a link that leads to itself',
  EACCES: 'this process has no right to read it',
  EPERM: 'this process has no right to read it',
};

/** Why a file cannot be used, without its path. */
export function explainFileError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (code === '' ? reasonOf(error) : code);
}
