import { createReadStream } from 'node:fs';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { storeInInbox } from '../line-import/store-in-inbox.ts';
import { openCollectionFolders } from './collection-folders.ts';
import type { CollectionFileKind } from './collection-file.rules.ts';
import { inspectCollectionFile } from './read-collection-file.ts';

/** The largest file that is taken from a page, in bytes; larger ones are put into the folder. */
export const MAX_COLLECTION_BYTES = 512 * 1024 * 1024;

export interface StoredCollectionFile {
  /** Its name in the inbox. */
  readonly name: string;
  readonly kind: CollectionFileKind;
  readonly rowCount: number;
}

/**
 * Puts a file that somebody sent into the inbox of the carrier's files, where the loop or the night reads it. One that would be refused
 * as a whole is refused at once, and is not kept; the same bytes twice change nothing when they are read.
 * @throws Problem `permission-denied`, `approval-needs-person`, `import-refused`
 */
export async function storeCollectionFile(
  deps: Deps,
  actor: Actor,
  file: { readonly path: string; readonly filename: string },
): Promise<StoredCollectionFile> {
  authorize(actor, 'collections:import');
  assertProvenPerson(actor, deps.config.mode);
  const { layout, rowCount, checksum } = await inspectCollectionFile(createReadStream(file.path));
  const name = await storeInInbox(await openCollectionFolders(deps), file);
  await inTransaction(deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'collection.upload',
      subject: `collection-file:${checksum.slice(0, 16)}`,
      facts: { name, kind: layout.kind, rows: rowCount, checksum },
    }),
  );
  return { name, kind: layout.kind, rowCount };
}
