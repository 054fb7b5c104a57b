import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isLineFileName } from '../line-import/inbox-names.rules.ts';

/** A file that nobody wrote to for this long has arrived. */
export const QUIET_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** `arriving`: somebody may still write to it. `unreadable`: it is no file, or leads nowhere. */
export type Arrival = 'arrived' | 'arriving' | 'unreadable';

/**
 * Whether a file has arrived in whole: who writes it has been quiet for a minute. A program that renames a file into the inbox when
 * it is complete needs nothing of this. A time more than a day ahead is no time of writing, but one that was copied with the file;
 * less than that, the clock of the file server may be ahead.
 */
export function isQuiet(modifiedMs: number, nowMs: number): boolean {
  const age = nowMs - modifiedMs;
  return age >= QUIET_MS || age < -DAY_MS;
}

/** What is said of a file that is still there after it was read: it changed meanwhile when another file has its name, or it grew. */
export interface FileState {
  readonly inode: number;
  readonly size: number;
  readonly modifiedMs: number;
}

/** The state of a file by its name; undefined when there is none. */
export async function readFileState(path: string): Promise<FileState | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { inode: found.ino, size: found.size, modifiedMs: found.mtimeMs } : undefined;
}

/** Whether a file is the same, and unchanged. */
export function isSameState(before: FileState | undefined, now: FileState | undefined): boolean {
  return before?.inode === now?.inode && before?.size === now?.size && before?.modifiedMs === now?.modifiedMs;
}

/** How far each `*.csv` of some names of the inbox has arrived, in the order of the names. */
export async function findArrivals(
  inbox: string,
  names: readonly string[],
  now: Date,
): Promise<Map<string, Arrival>> {
  const arrivals = new Map<string, Arrival>();
  for (const name of names.filter(isLineFileName).toSorted()) {
    const state = await readFileState(join(inbox, name));
    if (!state) arrivals.set(name, 'unreadable');
    else arrivals.set(name, isQuiet(state.modifiedMs, now.getTime()) ? 'arrived' : 'arriving');
  }
  return arrivals;
}
