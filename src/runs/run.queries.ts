import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

/** A run: a job and the business date it is for. */
export interface RunKey {
  readonly job: string;
  readonly businessDate: string;
}

/** The row of a run, and whether its lease holds by the database's clock; undefined when it never started. */
export function findRun(deps: Database, key: RunKey) {
  return selectRun(deps, key).executeTakeFirst();
}

/** The run of a job that a process holds or has died in, for any business date; there is at most one. */
export function findRunning(deps: Database, job: string) {
  return selectRuns(deps, job)
    .where(sql<boolean>`is_under_way`)
    .executeTakeFirst();
}

/** The same, locked until the transaction ends. */
export function findAndLockRun(deps: Database, key: RunKey) {
  return selectRun(deps, key).forUpdate().executeTakeFirst();
}

export type RunRow = NonNullable<Awaited<ReturnType<typeof findRun>>>;

function selectRun(deps: Database, key: RunKey) {
  return selectRuns(deps, key.job).where('businessDate', '=', key.businessDate);
}

function selectRuns(deps: Database, job: string) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .where('job', '=', job)
    .where('part', '=', '');
}

/** What a run has parked, in the order of the subjects; at most `limit`. */
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

/** How many subjects each of some jobs has parked for a business date, in the order of the names; jobs without any are left out. */
export async function countParked(
  deps: Database,
  { jobs, businessDate }: { readonly jobs: readonly string[]; readonly businessDate: string },
): Promise<Map<string, number>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'parked'])
    .where('part', '=', '')
    .where('job', 'in', jobs)
    .where('businessDate', '=', businessDate)
    .where('parked', '>', 0n)
    .orderBy('job')
    .execute();
  return new Map(rows.map(({ job, parked }) => [job, Number(parked)]));
}

/** The runs of some jobs, finished or not, for business dates since `from`; reads the index `run_of_night` alone. */
export async function listRuns(deps: Database, { jobs, from }: { jobs: readonly string[]; from: string }) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'businessDate', 'state'])
    .where('part', '=', '')
    .where('state', 'in', ['running', 'finished', 'failed'])
    .where('job', 'in', jobs)
    .where('businessDate', '>=', from)
    .execute();
  return rows.map(({ job, businessDate, state }) => ({
    job,
    businessDate,
    isFinished: state === 'finished',
  }));
}
