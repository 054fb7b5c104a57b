import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { Problem } from '../shared/problem.ts';
import { findArrivals, type Arrival } from './arrived-files.ts';
import { openCollectionFolders } from './collection-folders.ts';
import type { CollectionFileKind, CollectionRowError } from './collection-file.rules.ts';
import { inspectCollectionFile, type InspectedFile } from './read-collection-file.ts';

/** A file that was read, by the name under which it is kept: the day, then its own. */
export interface KeptFile {
  readonly name: string;
  /** `refused`: as a whole, nothing of it was booked. */
  readonly outcome: 'done' | 'refused';
  /** Whether rows of it were refused. */
  readonly hasErrors: boolean;
}

/** A file of the inbox, and whether somebody may still write to it. */
export interface WaitingFile {
  readonly name: string;
  readonly arrival: Arrival;
}

export interface CollectionFiles {
  readonly waiting: readonly WaitingFile[];
  /** The newest first. */
  readonly kept: readonly KeptFile[];
}

/** The files of the carrier: those that wait, and those that were read, before a name. @throws Problem `permission-denied` */
export async function listCollectionFiles(
  deps: Deps,
  actor: Actor,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<CollectionFiles> {
  authorize(actor, 'collections:read');
  const { inbox } = await openCollectionFolders(deps);
  const arrivals = await findArrivals(inbox, await readdir(inbox), deps.clock.now());
  const kept = await listKept(deps);
  return {
    waiting: [...arrivals].map(([name, arrival]) => ({ name, arrival })),
    kept: kept.filter(({ name }) => before === undefined || name < before).slice(0, limit),
  };
}

async function listKept(deps: Deps): Promise<KeptFile[]> {
  const folders = await openCollectionFolders(deps);
  const [done = [], refused = [], errors = []] = await Promise.all(
    [folders.done, folders.refused, folders.errors].map((folder) => readdir(folder)),
  );
  const withErrors = new Set(errors);
  const files = [
    ...done.map((name) => ({ name, outcome: 'done' as const, hasErrors: withErrors.has(name) })),
    ...refused.map((name) => ({ name, outcome: 'refused' as const, hasErrors: false })),
  ];
  return files.toSorted((one, other) => (one.name < other.name ? 1 : -1));
}

/** What became of a file, row by row. */
export interface CollectionFileReport extends KeptFile {
  readonly kind: CollectionFileKind | null;
  readonly sizeBytes: number;
  /** Null for a file that cannot be read. */
  readonly rowCount: number | null;
  readonly checksum: string | null;
  /** Rows that the file was the first to bring. */
  readonly bookedCount: number;
  readonly refusedCount: number;
  /** The first of the refused rows. */
  readonly refused: readonly CollectionRowError[];
  /** Why the file was refused as a whole. */
  readonly why: string | null;
}

const MAX_SHOWN = 500;
/** Refused rows that are read of a file: a page must not take the memory of a file of any length. */
const MAX_READ = 100_000;

/** What became of a file. @throws Problem `permission-denied`, `not-found` */
export async function getCollectionFile(
  deps: Deps,
  actor: Actor,
  name: string,
): Promise<CollectionFileReport> {
  authorize(actor, 'collections:read');
  const { file, path, errorsPath } = await findKept(deps, name);
  const errors = await readErrors(errorsPath);
  const inspected = await inspectCollectionFile(createReadStream(path)).catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  const common = { ...file, sizeBytes: (await stat(path)).size };
  const refused = { refusedCount: errors.length, refused: errors.slice(0, MAX_SHOWN) };
  if (inspected instanceof Problem) {
    const why = String(inspected.facts['why'] ?? inspected.message);
    return { ...common, ...refused, kind: null, rowCount: null, checksum: null, bookedCount: 0, why };
  }
  const { layout, rowCount, checksum } = inspected;
  const bookedCount = await countBooked(deps, inspected);
  return { ...common, ...refused, kind: layout.kind, rowCount, checksum, bookedCount, why: null };
}

/** The rows are found by the day on which the file was booked. */
async function countBooked(deps: Deps, { layout, checksum }: InspectedFile): Promise<number> {
  const db = sqlOf(emOf(deps));
  const imported = await db
    .selectFrom('collection_import')
    .select(['id', 'bookedOn'])
    .where('checksum', '=', checksum)
    .executeTakeFirst();
  if (imported === undefined) return 0;
  const { count } = await db
    .selectFrom(layout.kind === 'results' ? 'collection_result' : 'invoice_answer')
    .select(({ fn }) => fn.countAll<string | number>().as('count'))
    .where('bookedOn', '>=', imported.bookedOn)
    .where('importId', '=', imported.id)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * The refused rows as they were sent, under their header, as a file that can be mended and sent again. It is written as it is read, so
 * a file of any length takes little memory.
 * @throws Problem `permission-denied`, `not-found` for a file without such rows
 */
export async function exportRefusedRows(deps: Deps, actor: Actor, name: string): Promise<DownloadedFile> {
  authorize(actor, 'collections:read');
  const { path, errorsPath } = await findKept(deps, name);
  const lines = new Set((await readErrors(errorsPath)).map(({ line }) => line));
  if (lines.size === 0) throw new Problem('not-found');
  return {
    filename: `mend-${name}`,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(pickLines(path, lines), { objectMode: false }),
  };
}

async function* pickLines(path: string, lines: ReadonlySet<number>): AsyncGenerator<string> {
  let at = 0;
  // Of a handle: the errors of a stream would not reach who reads its lines.
  await using file = await open(path);
  for await (const line of file.readLines()) {
    at += 1;
    if (at === 1 || lines.has(at)) yield `${line}\n`;
  }
}

/** The refused rows with their reasons, as the import lists them. @throws Problem `permission-denied`, `not-found` */
export async function exportRowErrors(deps: Deps, actor: Actor, name: string): Promise<DownloadedFile> {
  authorize(actor, 'collections:read');
  const { file, errorsPath } = await findKept(deps, name);
  if (!file.hasErrors) throw new Problem('not-found');
  return {
    filename: `errors-${name}`,
    type: 'text/csv; charset=utf-8',
    body: createReadStream(errorsPath),
  };
}

async function findKept(deps: Deps, name: string) {
  const folders = await openCollectionFolders(deps);
  const file = (await listKept(deps)).find((candidate) => candidate.name === name);
  if (file === undefined) throw new Problem('not-found');
  return { file, path: join(folders[file.outcome], name), errorsPath: join(folders.errors, name) };
}

/** The first refused rows; a file of which more are refused is sent again whole. None where nothing was. */
async function readErrors(path: string): Promise<CollectionRowError[]> {
  const errors: CollectionRowError[] = [];
  const records = parse({ from_line: 2, to: MAX_READ });
  const source = createReadStream(path);
  // A pipe does not pass errors on: a file that cannot be opened would end the process.
  source.on('error', (error) => records.destroy(error));
  source.pipe(records);
  try {
    for await (const [row, line, code, reason] of records as AsyncIterable<string[]>) {
      errors.push({
        row: Number(row),
        line: Number(line),
        code: code ?? '',
        reason: reason ?? '',
      } as CollectionRowError);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    source.destroy();
  }
  return errors;
}
