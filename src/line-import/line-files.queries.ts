import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { findRun } from '../runs/run.queries.ts';
import { readManifest } from '../runs/run-row.rules.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import {
  listArchivedFiles,
  listWaitingFiles,
  readRefusedRows,
  type ArchivedFile,
  type WaitingFile,
} from './archived-files.ts';
import { openLineFolders, type InboxFolders } from './line-folders.ts';
import { countsOfFile, type ImportCounts } from './import-counts.rules.ts';
import { linesOf, pickRefusedRows, type RefusedRow } from './refused-rows.rules.ts';

/** A file that was read, with what its import counted; undefined where the run's manifest does not say. */
export interface LineFile extends ArchivedFile {
  readonly counts: ImportCounts | undefined;
}

export interface LineFileReport extends LineFile {
  /** The first ones; the file to mend has all. */
  readonly refused: readonly RefusedRow[];
  readonly hasMore: boolean;
}

const FILES = 50;
const REFUSED_ROWS = 200;
/** Refused rows that the file to mend is made of; a file with more is sent again as a whole. */
const MAX_MENDED = 100_000;

/** The line files that wait in the inbox, and the newest that were read. @throws Problem `permission-denied` */
export async function listLineFiles(
  deps: Deps,
  actor: Actor,
): Promise<{ readonly waiting: readonly WaitingFile[]; readonly files: readonly LineFile[] }> {
  authorize(actor, 'lines:import');
  const folders = await openLineFolders(deps);
  const files = (await listArchivedFiles(folders)).slice(0, FILES);
  return { waiting: await listWaitingFiles(folders), files: await withCounts(deps, files) };
}

/** What became of one file. @throws Problem `permission-denied`, `not-found` */
export async function getLineFile(deps: Deps, actor: Actor, name: string): Promise<LineFileReport> {
  authorize(actor, 'lines:import');
  const { folders, file } = await findFile(deps, name);
  const rows = file.hasErrors ? await readRefusedRows(folders, name, REFUSED_ROWS + 1) : [];
  const [counted] = await withCounts(deps, [file]);
  return { ...counted!, refused: rows.slice(0, REFUSED_ROWS), hasMore: rows.length > REFUSED_ROWS };
}

/**
 * The refused rows of a file as they were sent, beneath its header, in its encoding: a person mends them and sends the file again.
 * @throws Problem `permission-denied`, `not-found` for a file without such rows, or in UTF-16, whose lines are not found in its bytes
 */
export async function exportRefusedLines(deps: Deps, actor: Actor, name: string): Promise<DownloadedFile> {
  authorize(actor, 'lines:import');
  const { folders, file } = await findFile(deps, name);
  if (!file.hasErrors || deps.config.lineFileEncoding.startsWith('utf-16')) throw new Problem('not-found');
  const refused = await readRefusedRows(folders, name, MAX_MENDED);
  const source = bytesOf(join(folders[file.outcome], name));
  return {
    filename: `mend-${name}`,
    type: 'text/csv',
    body: Readable.from(pickRefusedRows(linesOf(source), refused), { objectMode: false }),
  };
}

/** Opens the file when it is read: an answer without a body opens none. */
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path) as AsyncIterable<Buffer>;
}

async function findFile(
  deps: Deps,
  name: string,
): Promise<{ readonly folders: InboxFolders; readonly file: ArchivedFile }> {
  const folders = await openLineFolders(deps);
  const file = (await listArchivedFiles(folders)).find((candidate) => candidate.name === name);
  if (!file) throw new Problem('not-found');
  return { folders, file };
}

async function withCounts(deps: Deps, files: readonly ArchivedFile[]): Promise<LineFile[]> {
  const dates = [...new Set(files.map(({ date }) => date))];
  const facts = new Map<string, Readonly<Record<string, unknown>>>();
  for (const businessDate of dates) {
    const run = await findRun(deps, { job: 'import-lines', businessDate });
    if (run) facts.set(businessDate, readManifest(run.manifest).facts);
  }
  return files.map((file) => ({ ...file, counts: countsOfFile(facts.get(file.date) ?? {}, file) }));
}
