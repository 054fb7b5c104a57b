import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { formatCsv } from '../shared/csv.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import type { RefusedResult } from './import-payout-results.ts';
import { readResultTable } from './read-results.ts';
import { listReadFiles, openResultFolders, type ReadResultFile } from './result-folders.ts';

/** A file of results that was read, with the rows that changed nothing, as they were sent. */
export interface ResultReport extends ReadResultFile {
  /** How many rows it has, without the header; null for one that cannot be read. */
  readonly rowCount: number | null;
  readonly refused: readonly (RefusedResult & { readonly text: string })[];
}

/** The files of results that were read, the newest first. @throws Problem `permission-denied` */
export async function listResultFiles(deps: Deps, actor: Actor): Promise<ReadResultFile[]> {
  authorize(actor, 'payouts:read');
  return listReadFiles(await openResultFolders(deps));
}

/** What became of a file of results. @throws Problem `permission-denied`, `not-found` */
export async function getResultReport(deps: Deps, actor: Actor, name: string): Promise<ResultReport> {
  authorize(actor, 'payouts:read');
  const { file, table, errors } = await readKept(deps, name);
  const refused = errors.map(({ row, fault }) => ({
    row,
    fault,
    text: formatCsv([table?.[row - 1] ?? []]).trimEnd(),
  }));
  return { ...file, rowCount: table === undefined ? null : table.length - 1, refused };
}

/**
 * The refused rows as they were sent, under their header: a person mends them and sends the file.
 * @throws Problem `permission-denied`, `not-found` for a file without such rows
 */
export async function exportRefusedResults(deps: Deps, actor: Actor, name: string): Promise<DownloadedFile> {
  authorize(actor, 'payouts:read');
  const { table = [], errors } = await readKept(deps, name);
  if (errors.length === 0) throw new Problem('not-found');
  const rows = [table[0] ?? [], ...errors.map(({ row }) => table[row - 1] ?? [])];
  return { filename: `mend-${name}`, type: 'text/csv; charset=utf-8', body: Buffer.from(formatCsv(rows)) };
}

async function readKept(deps: Deps, name: string) {
  const folders = await openResultFolders(deps);
  const file = (await listReadFiles(folders)).find((candidate) => candidate.name === name);
  if (file === undefined) throw new Problem('not-found');
  const table = await readTable(join(folders[file.outcome], name));
  const listed = file.hasErrors ? await readFile(join(folders.errors, name)) : Buffer.alloc(0);
  const errors = parse(listed, { from_line: 2 }).map(([row = '', fault = '']) => ({
    row: Number(row),
    fault,
  }));
  return { file, table, errors };
}

async function readTable(path: string): Promise<string[][] | undefined> {
  try {
    return readResultTable(await readFile(path));
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
