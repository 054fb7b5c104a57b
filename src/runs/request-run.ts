import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, isDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { requestableJobs } from './job-names.ts';
import { liftStops } from './lift-stops.ts';
import { findAndLockRun, type RunKey } from './run.queries.ts';

/**
 * Asks for a job, or for a whole night, of a business date that has ended. A process that runs the timetable takes the request; it
 * continues where an earlier attempt stopped, and lifts the stop of a person. Asked again before it has ended, it stays one request.
 * Returns its identifier.
 * @throws Problem `permission-denied`, `not-found` for another job, `business-date-not-over`, `illegal-state` for a run that has finished
 */
export async function requestRun(
  deps: Deps,
  actor: Actor,
  { job, businessDate }: RunKey,
): Promise<{ readonly id: string }> {
  authorize(actor, 'runs:execute');
  if (!isDate(businessDate) || !requestableJobs.some((name) => name === job)) throw new Problem('not-found');
  assertOver(deps, businessDate);
  return inTransaction(deps, async (tx) => {
    const run = await findAndLockRun(tx, { job, businessDate });
    if (run?.state === 'finished') throw new Problem('illegal-state', { facts: { reason: 'run-finished' } });
    await liftStops(tx, { job, businessDate });
    return enqueueRun(tx, actor, { job, businessDate });
  });
}

/** Writes the request and who asked, unless one is open. */
export async function enqueueRun(
  tx: InTransaction<Deps>,
  actor: Actor,
  { job, businessDate }: RunKey,
): Promise<{ readonly id: string }> {
  const id = tx.ids.next();
  const requestedBy = actorName(actor);
  const { numInsertedOrUpdatedRows } = await sqlOf(tx.em)
    .insertInto('run_request')
    .ignore()
    .values({
      id,
      job,
      businessDate,
      state: 'waiting',
      outcome: null,
      requestedBy,
      requestedAt: tx.clock.now(),
      takenBy: null,
      leaseUntil: null,
      endedAt: null,
    })
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return findOpen(tx, { job, businessDate });
  const facts = { businessDate, request: id };
  await recordAudit(tx, { actor: requestedBy, action: 'batch.start', subject: `job:${job}`, facts });
  return { id };
}

function findOpen(tx: InTransaction<Deps>, { job, businessDate }: RunKey) {
  return sqlOf(tx.em)
    .selectFrom('run_request')
    .select('id')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('state', '<>', 'ended')
    .executeTakeFirstOrThrow();
}

function assertOver({ clock, config }: Deps, businessDate: string): void {
  const today = businessDateOf(clock.now(), config.timeZone);
  if (businessDate >= today) throw new Problem('business-date-not-over', { facts: { businessDate, today } });
}
