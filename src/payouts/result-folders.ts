import { readdir } from 'node:fs/promises';
import type { Deps } from '../deps.ts';
import { openInboxFolders, type InboxFolders } from '../line-import/line-folders.ts';

/** The folders of the bank's files of results, `payout-results` below the files folder. */
export function openResultFolders(deps: Deps): Promise<InboxFolders> {
  return openInboxFolders(deps, 'payout-results');
}

/** A file that was read. */
export interface ReadResultFile {
  readonly name: string;
  /** `refused`: as a whole, nothing of it was taken. */
  readonly outcome: 'done' | 'refused';
  /** Whether rows of it were refused. */
  readonly hasErrors: boolean;
}

/** The files that were read, the newest first. */
export async function listReadFiles(folders: InboxFolders): Promise<ReadResultFile[]> {
  const [done, refused, errors] = await Promise.all(
    [folders.done, folders.refused, folders.errors].map((folder) => readdir(folder)),
  );
  const withErrors = new Set(errors);
  const files = [
    ...done!.map((name) => ({ name, outcome: 'done' as const, hasErrors: withErrors.has(name) })),
    ...refused!.map((name) => ({ name, outcome: 'refused' as const, hasErrors: false })),
  ];
  return files
    .filter(({ name }) => !name.startsWith('.'))
    .toSorted((one, other) => (one.name < other.name ? 1 : -1));
}
