import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { jobActor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import { explainFileError, openInboxFile, readInboxFile, UnreadableFile } from '../line-import/inbox-file.ts';
import { isBeingStored, showName, subjectOf } from '../line-import/inbox-names.rules.ts';
import { findFreeName, type InboxFolders } from '../line-import/line-folders.ts';
import type { JobWork, RunHandle } from '../runs/run-handle.ts';
import { Problem } from '../shared/problem.ts';
import { findArrivals, isSameState, readFileState } from './arrived-files.ts';
import { openCollectionFolders } from './collection-folders.ts';
import { importCollectionFile, type CollectionReport } from './import-collection-file.ts';

/** Rows parked one by one; further ones are counted, and listed in the file of errors. */
const MAX_PARKED_PER_FILE = 1_000;
/** Names listed in the manifest; the count includes all. */
const MAX_NAMES = 100;

/**
 * Imports every `*.csv` of the inbox of the carrier's answers and results (`collections/inbox` below the files folder), in the order
 * of their names, and moves each to `done`, or to `refused` when none of it was imported. Refused rows are listed in `errors`, in a
 * file of the same name. What they say does not depend on the order of the files, so a file that is left out tonight counts
 * tomorrow: one to which somebody may still write is left. Invoices that the carrier refuses are parked under their number.
 */
export const importCollectionFiles: JobWork = async (deps, run) => {
  const { inbox } = await openCollectionFolders(deps);
  const names = (await readdir(inbox)).filter((name) => !isBeingStored(name));
  const arrivals = await findArrivals(inbox, names, deps.clock.now());
  const isArriving = (name: string) => arrivals.get(name) === 'arriving';
  const files = await importNamedFiles(
    deps,
    run,
    [...arrivals.keys()].filter((name) => !isArriving(name)),
  );
  for (const name of [...arrivals.keys()].filter(isArriving).slice(0, MAX_NAMES))
    run.report(`${showName(name)}: left, it was written to less than a minute ago`);
  const left = (await readdir(inbox)).filter((name) => names.includes(name)).sort();
  if (left.length > 0) run.report(`left in the inbox: ${left.slice(0, MAX_NAMES).map(showName).join(', ')}`);
  return { files, leftovers: left.length, leftoverNames: left.slice(0, MAX_NAMES) };
};

/** Imports some files of the inbox, and moves them away. Returns the entry of each in the manifest. */
export async function importNamedFiles(
  deps: Deps,
  run: RunHandle,
  names: readonly string[],
): Promise<object[]> {
  const folders = await openCollectionFolders(deps);
  const files: object[] = [];
  for (const name of names) files.push(await importAndMove(deps, run, { folders, name }));
  return files;
}

interface InboxFile {
  readonly folders: InboxFolders;
  readonly name: string;
}

/** Imports one file and moves it away. Returns its entry of the manifest. */
async function importAndMove(deps: Deps, run: RunHandle, { folders, name }: InboxFile): Promise<object> {
  const target = await findFreeName(folders, run.businessDate, name);
  const path = join(folders.inbox, name);
  const before = await readFileState(path);
  const move = async (to: string): Promise<void> => {
    if (isSameState(before, await readFileState(path)))
      return await moveFile(run, name, [path, join(to, target)]);
    // What was read of it is booked; read again, it changes nothing.
    run.report(`${showName(name)}: left, it has changed while it was read`);
  };
  try {
    const report = await importFile(deps, run, { folders, name, target });
    const { errors: _errors, ...counts } = report;
    run.report(describeReport(report));
    await move(folders.done);
    return counts;
  } catch (error) {
    const isUnreadable = error instanceof UnreadableFile;
    if (!isUnreadable && !(error instanceof Problem && error.code === 'import-refused')) throw error;
    await parkFile(run, name, error.message);
    run.report(`${showName(name)}: ${error.message}`);
    if (!isUnreadable) await move(folders.refused);
    return { fileName: name, refusal: error.message };
  }
}

async function importFile(
  deps: Deps,
  run: RunHandle,
  { name, folders, target }: InboxFile & { readonly target: string },
): Promise<CollectionReport> {
  let parkedRows = 0;
  await using file = await openInboxFile(join(folders.inbox, name));
  return await importCollectionFile(deps, jobActor(run.job), {
    read: () => readInboxFile(file),
    fileName: name,
    bookedOn: run.businessDate,
    chunkSize: run.chunkSize,
    errorsPath: join(folders.errors, target),
    onRead: (rows) => run.announce(rows),
    inChunk: async (work) => {
      const chunk = await run.inChunk(async (tx) => {
        const outcome = await work(tx);
        for (const { row, code, reason } of outcome.errors.slice(0, MAX_PARKED_PER_FILE - parkedRows))
          await run.park(tx, { subject: subjectOf(name, row), reason: `${code}: ${reason}` });
        for (const { invoiceNumber, reason } of outcome.refusedInvoices)
          await run.park(tx, { subject: invoiceNumber, reason: `refused by the carrier: ${reason}` });
        return outcome;
      });
      parkedRows += chunk.errors.length;
      return chunk;
    },
  });
}

async function parkFile(run: RunHandle, name: string, reason: string): Promise<void> {
  run.announce(1);
  await run.inChunk(async (tx) => {
    await run.park(tx, { subject: subjectOf(name), reason });
    return { parked: 1 };
  });
}

/** Moves a file. If that fails after an import, the next night imports the file again, which changes nothing. */
async function moveFile(run: RunHandle, name: string, [from, to]: [from: string, to: string]): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    const reason = `was read, but cannot be moved: ${explainFileError(error)}`;
    await parkFile(run, name, reason);
    run.report(`${showName(name)}: ${reason}`);
  }
}

/** Describes an import in one line. */
function describeReport({
  fileName,
  kind,
  read,
  booked,
  known,
  refused,
  refusedInvoices,
}: CollectionReport): string {
  const answers = kind === 'answers' ? `, ${refusedInvoices} invoices refused by the carrier` : '';
  return `${showName(fileName)}: ${read} ${kind}, ${booked} new, ${known} known before, ${refused} rows refused${answers}`;
}
