import { liftStops } from './lift-stops.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { enqueueRun } from './request-run.ts';
import { hasLater } from './run-details.queries.ts';
import { retryableJobs } from './retryable-jobs.rules.ts';
import { findAndLockRun, type RunKey } from './run.queries.ts';

export interface RetryInput extends RunKey {
  /** One subject; all that the run has parked without it. */
  readonly subject?: string | undefined;
}

/** Subjects that the audit row names; it counts all. */
const NAMED = 20;

/**
 * Tries what a run has parked again, now instead of in the next night: opens the newest run of the job again without them, and asks
 * for it. The job finds them as not yet done; what it cannot do is parked again.
 * @throws Problem `permission-denied`, `not-found`, `illegal-state` for a run that has not finished, is not the newest, has parked
 * nothing, or is of a job whose subjects are not found again
 */
export async function retryParked(
  deps: Deps,
  actor: Actor,
  { job, businessDate, subject }: RetryInput,
): Promise<{ readonly id: string }> {
  authorize(actor, 'runs:execute');
  return inTransaction(deps, async (tx) => {
    const run = await findAndLockRun(tx, { job, businessDate });
    if (!run) throw new Problem('not-found');
    const how = retryableJobs[job];
    if (run.state !== 'finished' || how === undefined || (how === 'all' && subject !== undefined))
      throw new Problem('illegal-state', { facts: { reason: 'not-retryable' } });
    // An older one would do again for an old date what the newest is there for.
    if (await hasLater(tx, { job, businessDate }))
      throw new Problem('illegal-state', { facts: { reason: 'later-run' } });
    const subjects = await takeParked(tx, { job, businessDate, subject });
    // Of a stop that came as it finished.
    await liftStops(tx, { job, businessDate });
    await reopen(tx, { job, businessDate }, BigInt(subjects.length));
    const facts = { businessDate, count: subjects.length, subjects: subjects.slice(0, NAMED) };
    const line = { actor: actorName(actor), action: 'parked.retry', subject: `job:${job}`, facts };
    await recordAudit(tx, line);
    return enqueueRun(tx, actor, { job, businessDate });
  });
}

/** Removes what is tried again from the list of parked subjects. */
async function takeParked(
  tx: InTransaction<Deps>,
  { job, businessDate, subject }: RetryInput,
): Promise<string[]> {
  const rows = await sqlOf(tx.em)
    .selectFrom('parked')
    .select('subject')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .orderBy('subject')
    .forUpdate()
    .execute();
  if (rows.length === 0) throw new Problem('illegal-state', { facts: { reason: 'nothing-parked' } });
  await sqlOf(tx.em)
    .deleteFrom('parked')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject!))
    .execute();
  return rows.map((row) => row.subject);
}

/** The run as it was before it parked them. Its partitions are planned again, for what is left. */
async function reopen(tx: InTransaction<Deps>, { job, businessDate }: RunKey, count: bigint): Promise<void> {
  const db = sqlOf(tx.em);
  await db
    .deleteFrom('run')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '>', '')
    .execute();
  await db
    .updateTable('run')
    .set(({ eb }) => ({
      state: 'running' as const,
      finishedAt: null,
      expected: eb('expected', '-', count),
      parked: eb('parked', '-', count),
    }))
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '=', '')
    .execute();
}
