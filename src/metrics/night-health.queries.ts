import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf } from '../shared/calendar.rules.ts';
import { secondsLate } from '../runs/night-due.rules.ts';
import { determineBehindDays, determineOldestOpen } from './night-health.rules.ts';

/** The health of one job of the night. */
export interface JobHealth {
  readonly job: string;
  readonly behindDays: number;
  /** Since its oldest night that is not done was due; 0 when none is. */
  readonly lateSeconds: number;
  readonly runs: { readonly failed: number; readonly stalled: number; readonly running: number };
  /** Of its last finished run. */
  readonly last:
    | {
        readonly finishedOn: string;
        readonly parked: number;
        readonly seconds: number;
        readonly leftovers: number | undefined;
      }
    | undefined;
}

export interface NightHealth {
  readonly jobs: readonly JobHealth[];
  readonly overduePeriods: number;
}

/** The health of the nights at this moment, read by the index `run_of_night` alone, however many years of runs there are. */
export async function readNightHealth(deps: Deps, jobs: readonly string[]): Promise<NightHealth> {
  const { timeZone } = deps.config;
  const now = deps.clock.now();
  const today = businessDateOf(now, timeZone);
  const first = await readFirstDates(deps, jobs);
  const open = await readOpenRuns(deps, jobs);
  const last = await readLastRuns(deps, jobs);
  const health = jobs.map((job) => {
    const row = open.find((found) => found.job === job);
    const finished = last.find((found) => found.job === job);
    const behindDays = determineBehindDays(addDays(today, -1), {
      finishedOn: finished?.finishedOn,
      firstOn: first.get(job),
    });
    const oldest = determineOldestOpen(addDays(today, -1), { behindDays, openSince: row?.openSince });
    return {
      job,
      behindDays,
      lateSeconds: oldest === undefined ? 0 : secondsLate(oldest, now, timeZone),
      runs: {
        failed: Number(row?.failed ?? 0),
        stalled: Number(row?.stalled ?? 0),
        running: Number(row?.running ?? 0),
      },
      last: finished,
    };
  });
  return { jobs: health, overduePeriods: await countOverduePeriods(deps, today) };
}

/** The first business date that each job has run for at all. Parts have the date of their run. */
async function readFirstDates(deps: Deps, jobs: readonly string[]): Promise<Map<string, string>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(({ fn }) => ['job', fn.min<string>('businessDate').as('firstOn')])
    .where('job', 'in', jobs)
    .groupBy('job')
    .execute();
  return new Map(rows.map(({ job, firstOn }) => [job, firstOn]));
}

/** A run whose lease has run out was cut off: it is stalled until somebody takes it up again. */
function readOpenRuns(deps: Deps, jobs: readonly string[]) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .select((eb) => [
      'job',
      eb.fn.min<string>('businessDate').as('openSince'),
      sql<string>`SUM(state = 'failed')`.as('failed'),
      sql<string>`SUM(state = 'running' AND lease_until <= UTC_TIMESTAMP(3))`.as('stalled'),
      sql<string>`SUM(state = 'running' AND lease_until > UTC_TIMESTAMP(3))`.as('running'),
    ])
    .where('part', '=', '')
    .where('state', 'in', ['running', 'failed'])
    .where('job', 'in', jobs)
    .groupBy('job')
    .execute();
}

async function readLastRuns(deps: Deps, jobs: readonly string[]) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('run')
          .select((of) => ['job as lastJob', of.fn.max<string>('businessDate').as('lastOn')])
          .where('part', '=', '')
          .where('state', '=', 'finished')
          .where('job', 'in', jobs)
          .groupBy('job')
          .as('last'),
      (join) => join.onRef('last.lastJob', '=', 'run.job').onRef('last.lastOn', '=', 'run.businessDate'),
    )
    .select([
      'run.job',
      'run.businessDate',
      'run.parked',
      sql<string | null>`JSON_VALUE(run.manifest, '$.elapsedMs')`.as('elapsedMs'),
      sql<string | null>`JSON_VALUE(run.manifest, '$.facts.leftovers')`.as('leftovers'),
    ])
    .where('run.part', '=', '')
    .execute();
  return rows.map(({ job, businessDate, parked, elapsedMs, leftovers }) => ({
    job,
    finishedOn: businessDate,
    parked: Number(parked),
    seconds: Number(elapsedMs ?? 0) / 1_000,
    leftovers: leftovers === null ? undefined : Number(leftovers),
  }));
}

/** A period closes in the night after its closing date: from then on it is late. */
async function countOverduePeriods(deps: Deps, today: string): Promise<number> {
  const { count } = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('state', 'in', ['open', 'closing'])
    .where('closesOn', '<', today)
    .executeTakeFirstOrThrow();
  return Number(count);
}
