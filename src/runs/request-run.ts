import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, isDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { assertNeedsMet } from './assert-needs-met.ts';
import { jobsAhead, requestableJobs } from './job-names.ts';
import { liftStops } from './lift-stops.ts';
import { lastDueNight } from './night-due.rules.ts';
import { findAndLockRun, type RunKey } from './run.queries.ts';
import { findStop } from './watch-stop.ts';

/**
 * Asks for a job, or for a whole night, of a business date that has ended. A process that runs the timetable takes the request; it
 * continues where an earlier attempt stopped, and lifts the stop of a person. Asked again before it has ended, it stays one request.
 * Of today, jobs that work ahead (`jobsAhead`) are asked for as well. Another one that works ahead and was stopped is let go: its loop
 * continues it, and the identifier is null.
 * @throws Problem `permission-denied`, `not-found` for another job, `business-date-not-over`, `illegal-state` for a run that has finished,
 * `run-needs-missing`
 */
export async function requestRun(
  deps: Deps,
  actor: Actor,
  { job, businessDate }: RunKey,
): Promise<{ readonly id: string | null }> {
  authorize(actor, 'runs:execute');
  if (!isDate(businessDate) || !requestableJobs.some((name) => name === job)) throw new Problem('not-found');
  const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
  return inTransaction(deps, async (tx) => {
    if (businessDate > through && !isAhead(tx, { job, businessDate }))
      return resumeAhead(tx, actor, { job, businessDate });
    await assertSinceFirstNight(tx, businessDate);
    const run = await findAndLockRun(tx, { job, businessDate });
    if (run?.state === 'finished') throw new Problem('illegal-state', { facts: { reason: 'run-finished' } });
    await assertNeedsMet(tx, { job, businessDate });
    await liftStops(tx, { job, businessDate });
    return enqueueRun(tx, actor, { job, businessDate });
  });
}

function isAhead({ clock, config }: InTransaction<Deps>, { job, businessDate }: RunKey): boolean {
  return jobsAhead.includes(job) && businessDate === businessDateOf(clock.now(), config.timeZone);
}

/**
 * Writes the request and who asked, unless one is open. One that a process has taken waits again: its run may have ended already, and
 * what was asked for since would be lost with it. The process does not end it any more, and the run of a job that has finished by then
 * changes nothing.
 */
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
  if (numInsertedOrUpdatedRows === 0n) return askAgain(tx, { job, businessDate });
  const facts = { businessDate, request: id };
  await recordAudit(tx, { actor: requestedBy, action: 'batch.start', subject: `job:${job}`, facts });
  return { id };
}

/** The insert has locked the open row, so it cannot end before this transaction does. */
async function askAgain(
  tx: InTransaction<Deps>,
  { job, businessDate }: RunKey,
): Promise<{ readonly id: string }> {
  const { id } = await sqlOf(tx.em)
    .selectFrom('run_request')
    .select('id')
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('state', '<>', 'ended')
    .forUpdate()
    .executeTakeFirstOrThrow();
  await sqlOf(tx.em)
    .updateTable('run_request')
    .set({ state: 'waiting', takenBy: null, leaseUntil: null })
    .where('id', '=', id)
    .where('state', '=', 'taken')
    .execute();
  return { id };
}

/** Lifts the stop of a job that works ahead of its night. */
async function resumeAhead(
  tx: InTransaction<Deps>,
  actor: Actor,
  { job, businessDate }: RunKey,
): Promise<{ readonly id: null }> {
  if (!(await findStop(tx, { job, businessDate }))) {
    const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
    throw new Problem('business-date-not-over', { facts: { businessDate, today } });
  }
  await liftStops(tx, { job, businessDate });
  const line = { actor: actorName(actor), action: 'batch.start', subject: `job:${job}` };
  await recordAudit(tx, { ...line, facts: { businessDate } });
  return { id: null };
}

/** Every night since the first is due: one before it would make a year of nights due that were none. */
async function assertSinceFirstNight(tx: InTransaction<Deps>, businessDate: string): Promise<void> {
  const { first } = await sqlOf(tx.em)
    .selectFrom('run')
    .select(({ fn }) => fn.min('businessDate').as('first'))
    .executeTakeFirstOrThrow();
  if (first !== null && businessDate < first)
    throw new Problem('illegal-state', { facts: { reason: 'before-first-night', first } });
}
