import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { jobActor } from '../access/actor.ts';
import type { Deps } from '../deps.ts';
import type { JobWork, RunHandle } from '../runs/run-handle.ts';
import { Problem } from '../shared/problem.ts';
import { parseEncoding } from './file-encoding.rules.ts';
import { describeCounts } from './import-effects.ts';
import { importLines, type ImportReport } from './import-lines.ts';
import { explainFileError, openInboxFile, readInboxFile, UnreadableFile } from './inbox-file.ts';
import { isBeingStored, isLineFileName, showName, subjectOf } from './inbox-names.rules.ts';
import { findFreeName, openLineFolders, type InboxFolders } from './line-folders.ts';

/** Rows parked one by one; further ones are counted, and listed in the file of errors. */
const MAX_PARKED_PER_FILE = 1_000;
/** Names listed in the manifest; the count includes all. */
const MAX_NAMES = 100;

/**
 * Imports every `*.csv` of the inbox of line files (`lines/inbox` below the files folder, the extension in any letter
 * case), in the order of their names, and moves each to `done`, or to `refused` when none of it was imported. Refused rows
 * are listed in `errors`, in a file of the same name. A file that cannot be read or moved is parked and stays in the inbox;
 * the others are imported. Anything else in the inbox is named and counted. With an empty inbox there is nothing to do. A
 * sender must rename a file to `.csv` when it is complete, because every such file is read as complete. Files that the run has
 * imported ahead of its night stay in its manifest.
 */
export const importLineFiles: JobWork = async (deps, run) => {
  const folders = await openLineFolders(deps);
  const names = (await readdir(folders.inbox)).filter((name) => !isBeingStored(name)).sort();
  const { files: ahead } = run.facts;
  const files: unknown[] = Array.isArray(ahead) ? [...(ahead as unknown[])] : [];
  for (const name of names.filter(isLineFileName))
    files.push(await importAndMove(deps, run, { folders, name }));
  const left = (await readdir(folders.inbox)).filter((name) => names.includes(name)).sort();
  if (left.length > 0) run.report(`left in the inbox: ${left.slice(0, MAX_NAMES).map(showName).join(', ')}`);
  return { files, leftovers: left.length, leftoverNames: left.slice(0, MAX_NAMES) };
};

interface InboxFile {
  readonly folders: InboxFolders;
  readonly name: string;
}

/** Imports one file and moves it away. Returns its entry of the manifest. */
async function importAndMove(deps: Deps, run: RunHandle, { folders, name }: InboxFile): Promise<object> {
  const target = await findFreeName(folders, run.businessDate, name);
  const move = (to: string): Promise<void> =>
    moveFile(run, name, [join(folders.inbox, name), join(to, target)]);
  try {
    const report = await importFile(deps, run, { folders, name, target });
    const { errors: _errors, effects: _effects, ...counts } = report;
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

/** Announces the number of rows when the whole file has been read, and commits each chunk with the run's counters. */
async function importFile(
  deps: Deps,
  run: RunHandle,
  { name, folders, target }: InboxFile & { readonly target: string },
): Promise<ImportReport> {
  let parkedRows = 0;
  await using file = await openInboxFile(join(folders.inbox, name));
  return await importLines(deps, jobActor(run.job), {
    source: readInboxFile(file),
    fileName: name,
    encoding: parseEncoding(deps.config.lineFileEncoding),
    errorsPath: join(folders.errors, target),
    onRead: (rows) => run.announce(rows),
    inChunk: async (work) => {
      const chunk = await run.inChunk(async (tx) => {
        const outcome = await work(tx);
        for (const error of outcome.errors.slice(0, MAX_PARKED_PER_FILE - parkedRows)) {
          await run.park(tx, {
            subject: subjectOf(name, error.row),
            reason: `${error.code}: ${error.reason}`,
          });
        }
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
function describeReport(report: ImportReport): string {
  const { fileName, read, added, changed, unchanged, refused, effectCounts } = report;
  const counts = `${read} rows, ${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;
  const effects = describeCounts(effectCounts);
  return `${showName(fileName)}: ${counts}${effects === undefined ? '' : `; ${effects}`}`;
}
