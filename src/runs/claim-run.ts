import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isKnownGone } from './holder.ts';
import { handledOf } from './run-counts.rules.ts';
import { findAndLockRun, findRun, type RunKey, type RunRow } from './run.queries.ts';
import { countsOf, readManifest, takeLease, type Claimed } from './take-lease.ts';

export type Claim =
  | { readonly kind: 'claimed'; readonly run: Claimed }
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
  if (row.heldBy === null || !isHeld(row)) return undefined;
  return { kind: 'held', heldBy: row.heldBy, since: row.startedAt };
}

/** Whether somebody is at a run: its lease goes on, and its holder is not known to be gone. */
export function isHeld({ heldBy, leaseHolds }: RunRow): boolean {
  return heldBy !== null && Boolean(leaseHolds) && !isKnownGone(heldBy);
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
