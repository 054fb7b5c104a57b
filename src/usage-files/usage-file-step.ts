import { sql } from 'kysely';
import type { ActingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { usageFileOf } from './usage-file-of.ts';
import type { UsageFileRefusal, UsageFileState } from './usage-file.entity.ts';

/** After it another process takes a file: the first one has died. Each transaction on the file renews it. */
export const LEASE_MS = 60_000;
/** Rows of one transaction. */
export const CHUNK_ROWS = 2_000;

/** A file that is this process's own until its lease ends. */
export interface FileClaim {
  readonly fileId: string;
  readonly owner: string;
}

/** A claimed file, locked in a transaction that does some of its rows. */
export interface LockedFile {
  readonly id: string;
  readonly companyId: ActingCompany;
  readonly isPartial: boolean;
  readonly state: UsageFileState;
  readonly throughRow: number;
  readonly readCount: number;
  readonly refusedCount: number;
  readonly createdAt: Date;
}

/** What a transaction has done on a file. */
export interface FileProgress {
  readonly throughRow?: number | undefined;
  readonly state?: UsageFileState | undefined;
  readonly rowCount?: number;
  readonly read?: number;
  readonly charged?: number;
  readonly repeated?: number;
  readonly refused?: number;
  readonly chargedMinor?: bigint;
  readonly refusal?: { readonly code: UsageFileRefusal; readonly detail: string };
}

/** The file is another process's by now; nothing was written. */
export class LeaseLost extends Error {}

/**
 * Does some rows of a claimed file in one transaction, and records in the same one how far it has come: killed at any point, the work is
 * taken up after the last rows that were committed, and no row is done twice.
 * @throws LeaseLost
 */
export async function onFile(
  deps: Deps,
  { fileId, owner }: FileClaim,
  work: (tx: InTransaction<Deps>, file: LockedFile) => Promise<FileProgress>,
): Promise<UsageFileState> {
  return await inTransaction(deps, async (tx) => {
    const row = await sqlOf(tx.em)
      .selectFrom('usage_file')
      .selectAll()
      .where('id', '=', fileId)
      .where('leaseOwner', '=', owner)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new LeaseLost(`file ${fileId}`);
    // The permission was asked when the pass began.
    const { id, isPartial, throughRow, readCount, refusedCount, createdAt } = usageFileOf(row);
    const counts = { throughRow, readCount, refusedCount };
    const companyId = row.companyId as ActingCompany;
    const file = { id, companyId, isPartial, state: row.state, createdAt, ...counts };
    const progress = await work(tx, file);
    const state = progress.state ?? row.state;
    await record(tx, { fileId, state, progress, throughRow: row.throughRow });
    return state;
  });
}

interface Recorded {
  readonly fileId: string;
  readonly state: UsageFileState;
  readonly progress: FileProgress;
  readonly throughRow: number;
}

async function record(
  tx: InTransaction<Deps>,
  { fileId, state, progress, throughRow }: Recorded,
): Promise<void> {
  const { read = 0, charged = 0, repeated = 0, refused = 0, chargedMinor = 0n, refusal, rowCount } = progress;
  const now = tx.clock.now();
  const isOver = state === 'done' || state === 'refused';
  await sqlOf(tx.em)
    .updateTable('usage_file')
    .set({
      state,
      throughRow: progress.throughRow ?? throughRow,
      readCount: sql`read_count + ${read}` as never,
      chargedCount: sql`charged_count + ${charged}` as never,
      repeatedCount: sql`repeated_count + ${repeated}` as never,
      refusedCount: sql`refused_count + ${refused}` as never,
      chargedMinor: sql`charged_minor + ${chargedMinor}` as never,
      leaseUntil: new Date(now.getTime() + LEASE_MS),
      workedAt: now,
      ...(rowCount !== undefined && { rowCount }),
      ...(refusal && { refusal: refusal.code, refusalDetail: refusal.detail.slice(0, 300) }),
      ...(isOver && { finishedAt: now, leaseOwner: null, leaseUntil: null }),
      ...(state === 'refused' && { standingHash: null }),
    })
    .where('id', '=', fileId)
    .execute();
}
