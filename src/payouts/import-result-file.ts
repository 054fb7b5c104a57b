import { open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { isLineFileName } from '../line-import/inbox-names.rules.ts';
import { findFreeName, type InboxFolders } from '../line-import/line-folders.ts';
import { nameIn, storeInInbox } from '../line-import/store-in-inbox.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { formatCsv } from '../shared/csv.ts';
import { replaceDurably } from '../shared/durable-file.ts';
import { Problem } from '../shared/problem.ts';
import { importPayoutResults, type ImportedResults } from './import-payout-results.ts';
import { openResultFolders } from './result-folders.ts';

/** What an import of a file did, and the name under which the file is kept. */
export interface ImportedResultFile extends ImportedResults {
  readonly name: string;
}

/** The files that wait in the inbox of the bank's results, by name. @throws Problem `permission-denied` */
export async function listWaitingResults(deps: Deps, actor: Actor): Promise<string[]> {
  authorize(actor, 'payouts:read');
  const { inbox } = await openResultFolders(deps);
  return (await readdir(inbox)).filter(isLineFileName).toSorted();
}

/**
 * Puts a file of results that somebody sent into the inbox, and imports it from there: after a crash in between it waits.
 * @throws Problem those of `importResultFile`
 */
export async function importSentResults(
  deps: Deps,
  actor: Actor,
  file: { readonly path: string; readonly filename: string },
): Promise<ImportedResultFile> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const name = await storeInInbox(await openResultFolders(deps), file);
  return importResultFile(deps, actor, { name });
}

/**
 * Imports a file of the inbox (`importPayoutResults`), lists its refused rows in `errors`, and moves it to `done`, or to `refused`
 * when nothing of it could be read. Two at once, or a second time after a crash, change nothing twice.
 * @throws Problem `permission-denied`, `approval-needs-person`, `not-found`, `import-refused`
 */
export async function importResultFile(
  deps: Deps,
  actor: Actor,
  { name }: { readonly name: string },
): Promise<ImportedResultFile> {
  authorize(actor, 'payouts:propose');
  assertProvenPerson(actor, deps.config.mode);
  const folders = await openResultFolders(deps);
  const waiting = nameIn(await readdir(folders.inbox), name);
  if (waiting === undefined) throw new Problem('not-found');
  const target = await findFreeName(folders, businessDateOf(deps.clock.now(), deps.config.timeZone), waiting);
  const path = join(folders.inbox, waiting);
  const file = await readFile(path);
  try {
    const imported = await importPayoutResults(deps, actor, { file });
    await listRefused(folders, target, imported);
    await move(path, join(folders.done, target));
    return { ...imported, name: target };
  } catch (error) {
    if (error instanceof Problem && error.code === 'import-refused')
      await move(path, join(folders.refused, target));
    throw error;
  }
}

async function listRefused({ errors }: InboxFolders, target: string, { refused }: ImportedResults) {
  if (refused.length === 0) return;
  const rows = [['row', 'reason'], ...refused.map(({ row, fault }) => [row, fault])];
  await replaceDurably(join(errors, target), async (unfinished) => {
    await using file = await open(unfinished, 'wx', 0o600);
    await file.writeFile(formatCsv(rows));
    await file.sync();
  });
}

/** Another process may have moved it. */
async function move(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
}
