import { createReadStream } from 'node:fs';
import { isDuplicate } from '../database/database-error.rules.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { RowOutcome } from './merge-line.rules.ts';
import { ImportEffects, type EffectCounts } from './import-effects.ts';
import type { StatedEncoding } from './file-encoding.rules.ts';
import type { LineRow } from './line-row.rules.ts';
import { LineFileReader, type RowError } from './read-line-file.ts';
import type { RowEffect } from './row-effects.ts';
import { RowErrorLog } from './row-error-log.ts';
import { SortedRows } from './sorted-rows.ts';
import { storeLines, type StoredRows } from './store-lines.ts';

/** The result of an import. `read` = `added` + `changed` + `unchanged` + `refused`. */
export interface ImportReport {
  readonly fileName: string;
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** The first thousand, by row. */
  readonly errors: readonly RowError[];
  /** What the rows end, stop or rename: counts, and the first thousand one by one. */
  readonly effectCounts: EffectCounts;
  readonly effects: readonly RowEffect[];
}

export interface ImportProgress {
  readonly step: 'reading' | 'storing';
  /** Rows read or stored so far, refused ones included. */
  readonly rows: number;
}

export interface ImportLines {
  /** A path, or the bytes of a file. */
  readonly source: AsyncIterable<Buffer | string> | string;
  readonly fileName: string;
  /** The encoding of the file; UTF-8 unless stated. */
  readonly encoding?: StatedEncoding;
  /** Reports what the import would do, and writes nothing. */
  readonly dryRun?: boolean | undefined;
  /** Path of a CSV file for every refused row; without it they are only in the report. */
  readonly errorsPath?: string | undefined;
  /** Called once with the number of rows, refused ones included, when the whole file has been read and nothing is stored yet. */
  readonly onRead?: ((rows: number) => void) | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Commits a chunk; a caller may commit it together with the counters of a run. */
  readonly inChunk?: InChunk | undefined;
}

/** The result of a chunk, known inside its transaction. */
export interface ImportChunk {
  readonly done: number;
  readonly skipped: number;
  readonly parked: number;
  readonly errors: readonly RowError[];
}

export type InChunk = (work: (tx: InTransaction<Deps>) => Promise<ImportChunk>) => Promise<ImportChunk>;

/** Rows per transaction: some 30 ms of work, locks included. */
const CHUNK_ROWS = 2_000;
const CHUNK_ATTEMPTS = 5;

/**
 * Imports the carrier's line master: lines, and who holds them from when to when. A bad row is reported and does
 * not stop the good ones. A truncated file or one with a wrong header changes nothing, because the file is read to its
 * end before anything is stored. Rows are stored in chunks, each in one transaction; an import that is interrupted and run
 * again has the same result. A line that is not in the file does not change.
 * @throws Problem `import-refused`
 */
export async function importLines(deps: Deps, actor: Actor, input: ImportLines): Promise<ImportReport> {
  authorize(actor, input.dryRun ? 'lines:read' : 'lines:import');
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const lineIdPattern = new RegExp(deps.config.lineIdPattern);
  const reader = new LineFileReader({ lineIdPattern, businessDate, encoding: input.encoding });
  const source = typeof input.source === 'string' ? createReadStream(input.source) : input.source;
  await using rows = new SortedRows();
  await using errors = new RowErrorLog(input.errorsPath);
  for await (const batch of reader.read(source)) {
    await rows.add(batch.rows);
    await errors.add(batch.errors);
    input.onProgress?.({ step: 'reading', rows: reader.rowCount });
  }
  input.onRead?.(reader.rowCount);
  const effects = new ImportEffects();
  const counts = await storeAll(deps, { actor, input, rows, errors, effects, businessDate });
  const imported = { fileName: input.fileName, read: reader.rowCount, ...counts, refused: errors.count };
  if (actor.kind === 'staff' && !input.dryRun)
    await recordImport(deps, actor, { ...imported, ...effects.counts });
  return {
    ...imported,
    errors: errors.kept.sort((left, right) => left.row - right.row),
    effectCounts: effects.counts,
    effects: effects.kept.sort((left, right) => left.row - right.row),
  };
}

/** An import by hand leaves an audit row with its counts; the job's are in its run. */
async function recordImport(
  deps: Deps,
  actor: Actor,
  facts: Readonly<Record<string, unknown>>,
): Promise<void> {
  const line = { actor: actorName(actor), action: 'line.import', subject: 'line-master', facts };
  await inTransaction(deps, (tx) => recordAudit(tx, line));
}

interface Store {
  readonly actor: Actor;
  readonly input: ImportLines;
  readonly rows: SortedRows;
  readonly errors: RowErrorLog;
  readonly effects: ImportEffects;
  readonly businessDate: string;
}

async function storeAll(deps: Deps, { actor, input, rows, errors, effects, businessDate }: Store) {
  const inChunk: InChunk = input.inChunk ?? ((work) => inTransaction(deps, work));
  const imported = { actor: actorName(actor), fileName: input.fileName };
  const counts = { added: 0, changed: 0, unchanged: 0 };
  if (errors.count > 0) {
    const unreadable = { done: 0, skipped: 0, parked: errors.count, errors: errors.kept.slice() };
    await inChunk(() => Promise.resolve(unreadable));
  }
  let stored = errors.count;
  const putOff: (readonly LineRow[])[] = [];
  const store = async (lines: readonly (readonly LineRow[])[], isLast: boolean): Promise<void> => {
    let merged: StoredRows = { outcomes: [], effects: [], putOff: [] };
    const chunk = await untilFirst(() =>
      inChunk(async (tx) => {
        merged = await storeLines(tx, { lines, businessDate, imported, dryRun: input.dryRun, isLast });
        return summarise(merged.outcomes);
      }),
    );
    effects.add(merged.effects);
    putOff.push(...merged.putOff);
    for (const { kind } of merged.outcomes) if (kind !== 'refused') counts[kind] += 1;
    await errors.add(chunk.errors);
    stored += merged.outcomes.length;
    input.onProgress?.({ step: 'storing', rows: stored });
  };
  for await (const lines of rows.chunks(CHUNK_ROWS)) await store(lines, putOff.flat().length >= CHUNK_ROWS);
  if (putOff.length > 0) await store(putOff.splice(0), true);
  return counts;
}

/** Retries when another import inserted the line first: it can then be locked. */
async function untilFirst<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isDuplicate(error) || attempt >= CHUNK_ATTEMPTS) throw error;
    }
  }
}

function summarise(outcomes: readonly RowOutcome[]): ImportChunk {
  const errors = outcomes.flatMap((outcome) =>
    outcome.kind === 'refused' ? [{ row: outcome.row.row, line: outcome.row.line, ...outcome.fault }] : [],
  );
  const skipped = outcomes.reduce((count, { kind }) => count + (kind === 'unchanged' ? 1 : 0), 0);
  return { done: outcomes.length - skipped - errors.length, skipped, parked: errors.length, errors };
}
