import { constraintOf } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type Database, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isProcessDead } from './process-identity.ts';
import { handledOf } from './run-counts.rules.ts';
import { findAndLockRun, findRun, findRunning, type RunKey, type RunRow } from './run.queries.ts';
import type { Lease } from './lease.ts';
import { RunLease, takeLease } from './run-lease.ts';
import { countsOf, readManifest } from './run-row.rules.ts';

export type Claim =
  | { readonly kind: 'claimed'; readonly lease: Lease }
  | { readonly kind: 'already-finished'; readonly finishedAt: Date }
  | Held;

/** Another process runs the job, for this business date or another. */
export interface Held {
  readonly kind: 'held';
  readonly businessDate: string;
  readonly heldBy: string;
  readonly since: Date;
}

/**
 * Takes the lease of a run, or returns why not: the run has finished, or another process runs the job. A job runs for one
 * business date at a time, which the table's key `run_of_job` enforces: two nights at once would each find what the
 * other has begun. A run that failed, or whose process has died (it has ended on this machine, or its lease has
 * expired), is taken over with the counters of its committed chunks.
 */
export async function claimRun(deps: Deps, key: RunKey): Promise<Claim> {
  // First without a lock: the holder locks its row for as long as a chunk takes.
  const seen = await findRun(deps, key);
  if (!seen) await insertRun(deps, key);
  const reason = (seen && finished(seen)) ?? (await findHeld(deps, key.job));
  if (reason) return reason;
  try {
    return await inTransaction(deps, (tx) => claimLocked(deps, tx, key));
  } catch (error) {
    if (constraintOf(error) !== 'run_of_job') throw error;
    // Another process has begun the job for another date: now it is seen.
    return await claimRun(deps, key);
  }
}

async function claimLocked(deps: Deps, tx: InTransaction<Deps>, key: RunKey): Promise<Claim> {
  const row = await findAndLockRun(tx, key);
  if (!row) throw new Error(`the run of ${key.job} for ${key.businessDate} is gone`);
  // Read under the lock: since the first look, another process may have followed one that had died.
  const running = await findRunning(tx, key.job);
  const reason = finished(row) ?? (running && heldNow(running));
  if (reason) return reason;
  if (running && running.businessDate !== key.businessDate) await endAttempt(tx, running);
  return { kind: 'claimed', lease: new RunLease(deps, await takeRun(tx, row)) };
}

function finished({ state, finishedAt }: RunRow): Claim | undefined {
  return state === 'finished' && finishedAt ? { kind: 'already-finished', finishedAt } : undefined;
}

/** The process that runs a job, for any business date: its lease has not expired, and it is not known to be dead. */
export async function findHeld(deps: Database, job: string): Promise<Held | undefined> {
  const running = await findRunning(deps, job);
  return running && heldNow(running);
}

function heldNow({ businessDate, heldBy, leaseHolds, startedAt }: RunRow): Held | undefined {
  if (heldBy === null || !leaseHolds || isProcessDead(heldBy)) return undefined;
  return { kind: 'held', businessDate, heldBy, since: startedAt };
}

/** Ends the attempt of a process that has died; the next run for that business date continues it. */
async function endAttempt(tx: InTransaction<Deps>, dead: RunRow): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('run')
    .set({ state: 'failed', error: 'its process has died', heldBy: null, leaseToken: null, leaseUntil: null })
    .where('job', '=', dead.job)
    .where('businessDate', '=', dead.businessDate)
    .where('part', '=', '')
    .where('leaseToken', '=', dead.leaseToken)
    .execute();
}

function takeRun(tx: InTransaction<Deps>, row: RunRow) {
  // The job announces again what earlier attempts announced and did not do.
  const expected = handledOf(countsOf(row));
  return takeLease(tx, row, { expected, manifest: readManifest(row.manifest) });
}

/** Creates the row of a run, unless another process has just done so. */
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
