import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { isDuplicate } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { RowErrorLog } from '../line-import/row-error-log.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { prefetch } from '../shared/prefetch.ts';
import { bookAnswers } from './book-answers.ts';
import { bookResults } from './book-results.ts';
import type {
  AnswerRow,
  CollectionFileKind,
  CollectionRowError,
  ResultRow,
} from './collection-file.rules.ts';
import {
  inspectCollectionFile,
  readAnswers,
  readResults,
  type CollectionBatch,
  type InspectedFile,
} from './read-collection-file.ts';

/** The result of an import. `read` = `booked` + `known` + `refused` + `refusedInvoices`. */
export interface CollectionReport {
  readonly fileName: string;
  readonly kind: CollectionFileKind;
  readonly read: number;
  readonly booked: number;
  readonly known: number;
  /** Rows. */
  readonly refused: number;
  /** Invoices that the carrier refuses. */
  readonly refusedInvoices: number;
  /** The first thousand refused rows. */
  readonly errors: readonly CollectionRowError[];
}

/** The result of a chunk, known inside its transaction. */
export interface CollectionChunk {
  readonly done: number;
  readonly skipped: number;
  readonly parked: number;
  readonly errors: readonly CollectionRowError[];
  readonly refusedInvoices: readonly Pick<AnswerRow, 'invoiceNumber' | 'reason'>[];
  /** What is left of the rows, for transactions of their own. */
  readonly left: readonly Work[];
}

/** Books a chunk in the transaction given. */
type Work = (tx: InTransaction<Deps>) => Promise<CollectionChunk>;

export type InCollectionChunk = (
  work: (tx: InTransaction<Deps>) => Promise<CollectionChunk>,
) => Promise<CollectionChunk>;

export interface ImportCollectionFile {
  /** The bytes of the file from its begin; it is read twice. */
  readonly read: () => AsyncIterable<Buffer>;
  readonly fileName: string;
  /** The business date of the entries. */
  readonly bookedOn: string;
  readonly chunkSize?: number | undefined;
  /** Most charges that a transaction divides uncollected amounts over; those of one invoice are never parted. */
  readonly maxCharges?: number | undefined;
  /** Path of a CSV file for every refused row. */
  readonly errorsPath?: string | undefined;
  /** Called once with the number of rows, when the whole file has been read and nothing is booked yet. */
  readonly onRead?: ((rows: number) => void) | undefined;
  /** Commits a chunk; a caller may commit it together with the counters of a run. */
  readonly inChunk?: InCollectionChunk | undefined;
}

/** Rows per transaction: some 100 ms of work. */
const CHUNK_ROWS = 4_000;
const CHUNK_ATTEMPTS = 5;

/**
 * Imports a file of the carrier: results of collection, or answers to the invoice details, as its header says. A bad row is
 * refused and does not stop the good ones; a truncated file changes nothing. Rows are booked in chunks, each in one transaction with
 * what follows from it, cut by rows and by the charges that they touch; the same rows again, in whatever file, change nothing, so an interrupted import is run again.
 * @throws Problem `approval-needs-person` for a person who is not proven, `import-refused`
 */
export async function importCollectionFile(
  deps: Deps,
  actor: Actor,
  input: ImportCollectionFile,
): Promise<CollectionReport> {
  authorize(actor, 'collections:import');
  if (actor.kind !== 'job') assertProvenPerson(actor, deps.config.mode);
  const file = await inspectCollectionFile(input.read());
  input.onRead?.(file.rowCount);
  const { kind } = file.layout;
  const importId = await ensureImport(deps, { ...input, ...file, kind });
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const common = { importId, bookedOn: input.bookedOn, maxCharges: input.maxCharges };
  await using log = new RowErrorLog<CollectionRowError>(input.errorsPath);
  const counts = { booked: 0, known: 0, refusedInvoices: 0 };
  const size = input.chunkSize ?? CHUNK_ROWS;
  const inChunk = input.inChunk ?? ((work) => inTransaction(deps, work));
  for await (const rows of prefetch(listChunks({ file, size, today }, input, common))) {
    const works: Work[] = [rows];
    for (let book = works.shift(); book !== undefined; book = works.shift()) {
      const work = book;
      const chunk = await untilFirst(() => inChunk(work));
      counts.booked += chunk.done;
      counts.known += chunk.skipped;
      counts.refusedInvoices += chunk.refusedInvoices.length;
      await log.add(chunk.errors);
      works.unshift(...chunk.left);
    }
  }
  const errors = log.kept.toSorted((left, right) => left.row - right.row);
  return { fileName: input.fileName, kind, read: file.rowCount, ...counts, refused: log.count, errors };
}

interface Chunking {
  readonly file: InspectedFile;
  readonly size: number;
  readonly today: string;
}

/** The work of each chunk of a file, in its order. */
async function* listChunks(
  { file, size, today }: Chunking,
  { read }: Pick<ImportCollectionFile, 'read'>,
  common: Common,
): AsyncGenerator<Work> {
  if (file.layout.kind === 'results') {
    for await (const { rows, errors } of inChunks(readResults(read(), { file, today }), size))
      yield (tx) => bookChunkOfResults(tx, { rows, errors, ...common });
  } else {
    for await (const { rows, errors } of inChunks(readAnswers(read(), { file, today }), size))
      yield (tx) => bookChunkOfAnswers(tx, { rows, errors, ...common });
  }
}

/** What all chunks of a file have in common. */
interface Common {
  readonly importId: number;
  readonly bookedOn: string;
  readonly maxCharges: number | undefined;
}

interface Chunk<Row> extends CollectionBatch<Row>, Common {}

async function bookChunkOfResults(
  tx: InTransaction<Deps>,
  { errors: unreadable, ...chunk }: Chunk<ResultRow>,
): Promise<CollectionChunk> {
  const { booked, known, errors, left } = await bookResults(tx, chunk);
  const all = [...unreadable, ...errors];
  return {
    done: booked,
    skipped: known,
    parked: all.length,
    errors: all,
    refusedInvoices: [],
    left: left.map((rows) => (next) => bookChunkOfResults(next, { ...chunk, rows, errors: [] })),
  };
}

async function bookChunkOfAnswers(
  tx: InTransaction<Deps>,
  { errors: unreadable, ...chunk }: Chunk<AnswerRow>,
): Promise<CollectionChunk> {
  const { accepted, refused, known, errors } = await bookAnswers(tx, chunk);
  const all = [...unreadable, ...errors];
  const parked = all.length + refused.length;
  return { done: accepted, skipped: known, parked, errors: all, refusedInvoices: refused, left: [] };
}

/** Gathers batches into chunks of a size, or less than twice it. */
async function* inChunks<Row>(
  batches: AsyncIterable<CollectionBatch<Row>>,
  size: number,
): AsyncGenerator<CollectionBatch<Row>> {
  let rows: Row[] = [];
  let errors: CollectionRowError[] = [];
  for await (const batch of batches) {
    errors.push(...batch.errors);
    for (let from = 0; from < batch.rows.length;) {
      const taken = batch.rows.slice(from, from + size - rows.length);
      rows.push(...taken);
      from += taken.length;
      if (rows.length < size) break;
      yield { rows, errors };
      [rows, errors] = [[], []];
    }
  }
  if (rows.length > 0 || errors.length > 0) yield { rows, errors };
}

/** Retries when another import inserted a row first: it can then be read and locked. */
async function untilFirst<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicate(error) || attempt >= CHUNK_ATTEMPTS) throw error;
    }
  }
}

/** The number of the import of a file: the same bytes have one. */
async function ensureImport(
  deps: Deps,
  {
    kind,
    fileName,
    checksum,
    bookedOn,
  }: ImportCollectionFile & InspectedFile & { readonly kind: CollectionFileKind },
): Promise<number> {
  return await inTransaction(deps, async (tx) => {
    const row = { kind, fileName: fileName.slice(0, 255), checksum, bookedOn, createdAt: tx.clock.now() };
    const sql = sqlOf(tx.em);
    await sql.insertInto('collection_import').values(row).onDuplicateKeyUpdate({ checksum }).execute();
    const { id } = await sql
      .selectFrom('collection_import')
      .select('id')
      .where('checksum', '=', checksum)
      .executeTakeFirstOrThrow();
    return id;
  });
}
