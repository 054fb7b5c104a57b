import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isKnownGone, nameOfThisProcess } from './holder.ts';
import type { RunCounts } from './run-counts.rules.ts';
import { findAndLockRun, findRun, type RunKey, type RunRow } from './run.queries.ts';

/** How long a holder may be silent, in seconds of the database's clock, before another takes its run over. */
const LEASE_SECONDS = 60;

/** The end of a lease that begins or is renewed now. */
export const leaseEnd = () => sql<Date>`UTC_TIMESTAMP(3) + INTERVAL ${sql.lit(LEASE_SECONDS)} SECOND`;

/** What a manifest holds: facts of the job, and working time over all attempts. */
export interface Manifest {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly elapsedMs: number;
}

/** A run that is ours: its lease and what earlier attempts have left. */
export interface ClaimedRun extends RunKey {
  readonly leaseToken: string;
  readonly attempt: number;
  readonly counts: RunCounts;
  readonly manifest: Manifest;
}

export type Claim =
  | { readonly kind: 'claimed'; readonly run: ClaimedRun }
  | { readonly kind: 'already-finished'; readonly finishedAt: Date }
  | { readonly kind: 'held'; readonly heldBy: string; readonly since: Date };

/**
 * Takes a run, or tells why not: it has finished, or another process is at it. A run whose holder is gone
 * (its process has ended on this machine, or its lease has run out) or that failed is taken over with the
 * counters of its committed chunks.
 */
export async function claimRun(deps: Deps, key: RunKey): Promise<Claim> {
  // Looked at first without a lock: the holder locks its row for as long as a chunk takes.
  const seen = await findRun(deps, key);
  if (!seen) await insertRun(deps, key);
  return (seen && standing(seen)) ?? inTransaction(deps, (tx) => claimLocked(tx, key));
}

async function claimLocked(tx: InTransaction<Deps>, key: RunKey): Promise<Claim> {
  const row = await findAndLockRun(tx, key);
  if (!row) throw new Error(`the run of ${key.job} for ${key.businessDate} is gone`);
  return standing(row) ?? { kind: 'claimed', run: await takeRun(tx, row) };
}

/** Why a run cannot be taken; undefined when it can. */
function standing(row: RunRow): Claim | undefined {
  if (row.state === 'finished' && row.finishedAt)
    return { kind: 'already-finished', finishedAt: row.finishedAt };
  if (row.heldBy === null || !row.leaseHolds || isKnownGone(row.heldBy)) return undefined;
  return { kind: 'held', heldBy: row.heldBy, since: row.startedAt };
}

async function takeRun(tx: InTransaction<Deps>, row: RunRow): Promise<ClaimedRun> {
  const { job, businessDate } = row;
  const [done, skipped, parked] = [Number(row.done), Number(row.skipped), Number(row.parked)];
  // What earlier attempts had announced and not done is announced again by the job itself.
  const counts = { expected: done + skipped + parked, done, skipped, parked };
  const leaseToken = tx.ids.next();
  const attempt = row.attempt + 1;
  await sqlOf(tx.em)
    .updateTable('run')
    .set({
      state: 'running',
      attempt,
      heldBy: nameOfThisProcess(),
      leaseToken,
      leaseUntil: leaseEnd(),
      expected: BigInt(counts.expected),
      startedAt: tx.clock.now(),
      error: null,
    })
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '=', '')
    .execute();
  return { job, businessDate, leaseToken, attempt, counts, manifest: readManifest(row.manifest) };
}

function readManifest(manifest: Record<string, unknown> | null): Manifest {
  const { facts = {}, elapsedMs = 0 } = (manifest ?? {}) as Partial<Manifest>;
  return { facts, elapsedMs };
}

/** Another process may have been quicker; its row is as good. */
async function insertRun(deps: Deps, { job, businessDate }: RunKey): Promise<void> {
  await sqlOf(deps.orm.em.fork())
    .insertInto('run')
    .ignore()
    .values({
      job,
      businessDate,
      part: '',
      state: 'running',
      attempt: 0,
      heldBy: null,
      leaseToken: null,
      leaseUntil: null,
      expected: 0n,
      done: 0n,
      skipped: 0n,
      parked: 0n,
      manifest: null,
      startedAt: deps.clock.now(),
      finishedAt: null,
      error: null,
    })
    .execute();
}
