import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

/** A run: a job and the business date it is for. */
export interface RunKey {
  readonly job: string;
  readonly businessDate: string;
}

/** The row of a run with the state of its lease by the database's clock; undefined when it never started. */
export function findRun(deps: Database, key: RunKey) {
  return selectRun(deps, key).executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function findAndLockRun(deps: Database, key: RunKey) {
  return selectRun(deps, key).forUpdate().executeTakeFirst();
}

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

function selectRun(deps: Database, key: RunKey) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .where('job', '=', key.job)
    .where('businessDate', '=', key.businessDate)
    .where('part', '=', '');
}

/** What a run has set aside, in the order of the subjects; at most `limit`. */
export function listParked(deps: Database, key: RunKey, limit: number) {
  return sqlOf(emOf(deps))
    .selectFrom('parked')
    .select(['subject', 'reason'])
    .where('job', '=', key.job)
    .where('businessDate', '=', key.businessDate)
    .orderBy('subject')
    .limit(limit)
    .execute();
}

/** Which jobs have finished for which business dates of a range, both ends included. */
export function listFinishedRuns(deps: Database, { from, through }: { from: string; through: string }) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'businessDate'])
    .where('part', '=', '')
    .where('state', '=', 'finished')
    .where('businessDate', '>=', from)
    .where('businessDate', '<=', through)
    .execute();
}
