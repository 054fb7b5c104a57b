import type { Deps } from '../deps.ts';
import { openInboxFolders, type InboxFolders } from '../line-import/line-folders.ts';

/** The folders of the carrier's files of results and answers, `collections` below the files folder. */
export function openCollectionFolders(deps: Deps): Promise<InboxFolders> {
  return openInboxFolders(deps, 'collections');
}
