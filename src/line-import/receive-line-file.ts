import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { openLineFolders } from './line-folders.ts';
import { storeInInbox } from './store-in-inbox.ts';

/** The largest file that a page takes: some four million lines. Larger ones are put into the inbox by the operator. */
export const MAX_LINE_FILE_BYTES = 512 * 2 ** 20;

/**
 * Puts a line master file that somebody sent into the inbox, in whole or not at all; the next import reads it. Returns its name there.
 * @throws Problem `permission-denied`, `approval-needs-person`
 */
export async function receiveLineFile(
  deps: Deps,
  actor: Actor,
  file: { readonly path: string; readonly filename: string; readonly size: number },
): Promise<string> {
  authorize(actor, 'lines:import');
  assertProvenPerson(actor, deps.config.mode);
  const name = await storeInInbox(await openLineFolders(deps), file);
  const facts = { fileName: name, bytes: file.size };
  const line = { actor: actorName(actor), action: 'line.receive-file', subject: 'line-master', facts };
  await inTransaction(deps, (tx) => recordAudit(tx, line));
  return name;
}
