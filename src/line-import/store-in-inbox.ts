import { copyFile, link, open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { InboxFolders } from './line-folders.ts';
import { cutToBytes, isLineFileName } from './inbox-names.rules.ts';

/** A name on disk has at most 255 bytes, including the number of a copy; a Japanese letter takes three. */
const MAX_NAME_BYTES = 180;

/** A name from somebody's computer as one of an inbox: no folder, nothing hidden, and the ending by which files are read. */
export function inboxNameOf(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .replaceAll(/^[._]+/g, '')
    .replace(/\.(csv|txt)$/i, '');
  return `${cutToBytes(clean, MAX_NAME_BYTES) || 'upload'}.csv`;
}

/**
 * Puts a file that somebody sent into an inbox: it is there in whole or not at all, and never in the place of another.
 * @returns the name that it got there
 */
export async function storeInInbox(
  { inbox }: Pick<InboxFolders, 'inbox'>,
  { path, filename }: { readonly path: string; readonly filename: string },
): Promise<string> {
  const hidden = join(inbox, `.${basename(path)}`);
  try {
    await copyFile(path, hidden);
    await using file = await open(hidden, 'r+');
    await file.sync();
    return await linkFree(inbox, hidden, inboxNameOf(filename));
  } finally {
    await rm(hidden, { force: true });
  }
}

async function linkFree(inbox: string, hidden: string, name: string): Promise<string> {
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : name.replace(/\.csv$/, `-${copy}.csv`);
    try {
      await link(hidden, join(inbox, candidate));
      return candidate;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** The name of a file if it is one of a folder; undefined for any other text, such as a path. */
export function nameIn(names: readonly string[], name: string): string | undefined {
  return names.find((candidate) => candidate === name && isLineFileName(candidate));
}
