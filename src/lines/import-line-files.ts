import { access, mkdir, readdir, rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { Deps } from '../deps.ts';
import type { JobWork, RunHandle } from '../runs/run-handle.ts';
import { Problem } from '../shared/problem.ts';
import { importLines, type ImportReport } from './import-lines.ts';
import type { RowError } from './read-line-file.ts';

/** Rows set aside one by one; what is beyond is counted, and listed in the file of errors. */
const MAX_PARKED_PER_FILE = 1_000;
const MAX_SUBJECT = 64;

/**
 * Imports every `*.csv` of the inbox of line files (`lines/inbox` below the files folder), in the order of their
 * names, and moves each to `done`, or to `refused` when nothing of it was taken. The rows that
 * were refused are listed in `errors`, in a file of its name. An empty inbox is nothing to do. Whoever puts a file there
 * gives it its name last, for what ends in `.csv` is taken for whole.
 */
export const importLineFiles: JobWork = async (deps, run) => {
  const folders = await openFolders(deps);
  const names = (await readdir(folders.inbox)).filter((name) => name.endsWith('.csv')).sort();
  const files: Record<string, unknown>[] = [];
  for (const name of names) {
    const target = `${run.businessDate}-${name}`;
    try {
      const report = await importFile(deps, run, { name, folders, target });
      const { errors: _errors, ...counts } = report;
      files.push(counts);
      run.say(describeReport(report));
      await moveFile(join(folders.inbox, name), join(folders.done, target));
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'import-refused') throw error;
      await parkFile(run, name, error.message);
      files.push({ fileName: name, refusal: error.message });
      run.say(`${name}: ${error.message}`);
      await moveFile(join(folders.inbox, name), join(folders.refused, target));
    }
  }
  return { files };
};

interface Folders {
  readonly inbox: string;
  readonly done: string;
  readonly refused: string;
  readonly errors: string;
}

async function openFolders({ config }: Deps): Promise<Folders> {
  const inFiles = (name: string): string => join(config.filesDir, 'lines', name);
  const folders = {
    inbox: inFiles('inbox'),
    done: inFiles('done'),
    refused: inFiles('refused'),
    errors: inFiles('errors'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  return folders;
}

interface InboxFile {
  readonly name: string;
  readonly folders: Folders;
  readonly target: string;
}

/** Announces the rows when the file has been read to its end, and commits each chunk with the run's counters. */
async function importFile(deps: Deps, run: RunHandle, { name, folders, target }: InboxFile) {
  let parkedRows = 0;
  return importLines(deps, {
    source: join(folders.inbox, name),
    fileName: name,
    errorsPath: join(folders.errors, target),
    onRead: (rows) => run.expect(rows),
    inChunk: async (work) => {
      const chunk = await run.inChunk(async (tx) => {
        const outcome = await work(tx);
        for (const error of outcome.errors.slice(0, MAX_PARKED_PER_FILE - parkedRows)) {
          await run.park(tx, { subject: subjectOf(name, error), reason: `${error.code}: ${error.reason}` });
        }
        return outcome;
      });
      parkedRows += chunk.errors.length;
      return chunk;
    },
  });
}

async function parkFile(run: RunHandle, name: string, reason: string): Promise<void> {
  run.expect(1);
  await run.inChunk(async (tx) => {
    await run.park(tx, { subject: subjectOf(name), reason });
    return { parked: 1 };
  });
}

/** File and row; what is not ASCII in the name of the file is left out. */
function subjectOf(name: string, error?: RowError): string {
  const place = error ? `:row ${error.row}` : '';
  return (
    parse(name)
      .name.replaceAll(/[^\x21-\x7e]/g, '')
      .slice(0, MAX_SUBJECT - place.length) + place
  );
}

/** A file of the same name that was done on the same day is kept. */
async function moveFile(from: string, to: string): Promise<void> {
  for (let copy = 1; ; copy += 1) {
    const path = copy === 1 ? to : `${to}.${copy}`;
    const isTaken = await access(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return rename(from, path);
  }
}

/** What an import did, in one line. */
function describeReport(report: ImportReport): string {
  const { fileName, read, added, changed, unchanged, refused } = report;
  return `${fileName}: ${read} rows, ${added} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;
}
