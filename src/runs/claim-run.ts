import { constraintOf } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type Database, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isProcessDead } from './process-identity.ts';
import { handledOf } from './run-counts.rules.ts';
import { findAndLockRun, findRun, findRunning, type RunKey, type RunRow } from './run.queries.ts';
import { countsOf, readManifest, takeLease, type Claimed } from './take-lease.ts';

export type Claim =
  | { readonly kind: 'claimed'; readonly run: Claimed }
  | { readonly kind: 'already-finished'; readonly finishedAt: Date }
  | Held;

/** Somebody is at the job, for this business date or another. */
export interface Held {
  readonly kind: 'held';
  readonly businessDate: string;
  readonly heldBy: string;
  readonly since: Date;
}

/**
 * Takes a run, or tells why not: it has finished, or another process is at its job. A job is done for one business
 * date at a time, which the table's key `run_of_job` sees to: two nights at once would each find what the other has
 * begun. A run whose holder is gone (its process has ended on this machine, or its lease has run out) or that failed
 * is taken over with the counters of its committed chunks.
 */
export async function claimRun(deps: Deps, key: RunKey): Promise<Claim> {
  // Looked at first without a lock: the holder locks its row for as long as a chunk takes.
  const seen = await findRun(deps, key);
  if (!seen) await insertRun(deps, key);
  const reason = (seen && finished(seen)) ?? (await findHeld(deps, key.job));
  if (reason) return reason;
  try {
    return await inTransaction(deps, (tx) => claimLocked(tx, key));
  } catch (error) {
    if (constraintOf(error) !== 'run_of_job') throw error;
    // For another date somebody was quicker, and is seen now.
    return await claimRun(deps, key);
  }
}

async function claimLocked(tx: InTransaction<Deps>, key: RunKey): Promise<Claim> {
  const row = await findAndLockRun(tx, key);
  if (!row) throw new Error(`the run of ${key.job} for ${key.businessDate} is gone`);
  // Read once: who was gone at the first look may have been followed by somebody at the second.
  const running = await findRunning(tx, key.job);
  const reason = finished(row) ?? (running && heldNow(running));
  if (reason) return reason;
  if (running && running.businessDate !== key.businessDate) await endAttempt(tx, running);
  return { kind: 'claimed', run: await takeRun(tx, row) };
}

function finished({ state, finishedAt }: RunRow): Claim | undefined {
  return state === 'finished' && finishedAt ? { kind: 'already-finished', finishedAt } : undefined;
}

/** Who is at a job, for whichever business date: the lease goes on, and its holder is not known to be gone. */
export async function findHeld(deps: Database, job: string): Promise<Held | undefined> {
  const running = await findRunning(deps, job);
  return running && heldNow(running);
}

function heldNow({ businessDate, heldBy, leaseHolds, startedAt }: RunRow): Held | undefined {
  if (heldBy === null || !leaseHolds || isProcessDead(heldBy)) return undefined;
  return { kind: 'held', businessDate, heldBy, since: startedAt };
}

/** For a holder that is gone: whoever runs that business date next goes on with it. */
async function endAttempt(tx: InTransaction<Deps>, left: RunRow): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('run')
    .set({ state: 'failed', error: 'its process is gone', heldBy: null, leaseToken: null, leaseUntil: null })
    .where('job', '=', left.job)
    .where('businessDate', '=', left.businessDate)
    .where('part', '=', '')
    .where('leaseToken', '=', left.leaseToken)
    .execute();
}

function takeRun(tx: InTransaction<Deps>, row: RunRow): Promise<Claimed> {
  // What earlier attempts had announced and not done is announced again by the job itself.
  const expected = handledOf(countsOf(row));
  return takeLease(tx, row, { expected, manifest: readManifest(row.manifest) });
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
