import { Buffer } from 'node:buffer';
import { lstat, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Deps } from '../deps.ts';
import { cutToBytes, isBeingStored, shortHash } from './inbox-names.rules.ts';

/** The folders of files from outside, below the files folder. */
export interface InboxFolders {
  readonly inbox: string;
  readonly done: string;
  readonly refused: string;
  readonly errors: string;
}

/** A name on disk has at most 255 bytes, including the date and the number of a copy. */
const MAX_NAME_BYTES = 200;

/** Copying the largest file of a page takes some seconds. */
const REMNANT_MS = 60 * 60_000;

/** The folders of line files. */
export function openLineFolders(deps: Deps): Promise<InboxFolders> {
  return openInboxFolders(deps, 'lines');
}

/** The folders of one kind of files, which are made if they are not there. */
export async function openInboxFolders({ config }: Deps, kind: string): Promise<InboxFolders> {
  const inFiles = (name: string): string => join(config.filesDir, kind, name);
  const folders = {
    inbox: inFiles('inbox'),
    done: inFiles('done'),
    refused: inFiles('refused'),
    errors: inFiles('errors'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  await removeRemnants(folders.inbox);
  return folders;
}

/** Removes what processes that ended in the middle had begun to copy into an inbox. */
async function removeRemnants(inbox: string): Promise<void> {
  for (const name of (await readdir(inbox)).filter(isBeingStored)) {
    const path = join(inbox, name);
    const found = await stat(path).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - REMNANT_MS) await rm(path, { force: true });
  }
}

/**
 * The name under which a file of the inbox is archived in any folder: its date and its own name, followed by a number
 * when a file of that name was archived on the same day.
 */
export async function findFreeName(
  folders: InboxFolders,
  businessDate: string,
  name: string,
): Promise<string> {
  const target = `${businessDate}-${shorten(name)}`;
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? target : `${target}.${copy}`;
    const places = [folders.done, folders.refused, folders.errors];
    const taken = await Promise.all(places.map((folder) => isTaken(join(folder, candidate))));
    if (!taken.includes(true)) return candidate;
  }
}

/** Shortens a name and adds a hash, so that long names differ; no character is cut in two. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const { name: stem, ext } = parse(name);
  const end = `-${shortHash(name)}${ext}`;
  return cutToBytes(stem, MAX_NAME_BYTES - Buffer.byteLength(end)) + end;
}

/** A dangling link occupies its name too. */
function isTaken(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
