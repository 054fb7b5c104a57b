import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf } from '../shared/calendar.rules.ts';
import { determineBehindDays } from './night-standing.rules.ts';

/** Twice what the schedule makes up by itself. Runs further back are history, and reading them would take longer each year. */
export const LOOK_BACK_DAYS = 62;

/** How one job of the night stands. */
export interface JobStanding {
  readonly job: string;
  readonly behindDays: number;
  readonly runs: { readonly failed: number; readonly stalled: number; readonly running: number };
  /** Of its last finished run. */
  readonly last: { readonly parked: number; readonly seconds: number } | undefined;
}

export interface NightStanding {
  readonly jobs: readonly JobStanding[];
  readonly overduePeriods: number;
}

/** How the nights stand at this moment: three statements, each a few dozen rows of an index per job. */
export async function readNightStanding(deps: Deps, jobs: readonly string[]): Promise<NightStanding> {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const asked = { jobs, since: addDays(today, -LOOK_BACK_DAYS) };
  const [runs, last] = [await readRuns(deps, asked), await readLastRuns(deps, asked)];
  const standings = jobs.map((job) => {
    const row = runs.find((found) => found.job === job);
    return {
      job,
      behindDays: determineBehindDays(addDays(today, -1), {
        finishedOn: row?.finishedOn ?? undefined,
        firstOn: row?.firstOn,
      }),
      runs: {
        failed: Number(row?.failed ?? 0),
        stalled: Number(row?.stalled ?? 0),
        running: Number(row?.running ?? 0),
      },
      last: last.find((found) => found.job === job),
    };
  });
  return { jobs: standings, overduePeriods: await countOverduePeriods(deps, today) };
}

interface Asked {
  readonly jobs: readonly string[];
  readonly since: string;
}

/** A run whose lease has run out was cut off: it is stalled until somebody takes it up again. */
function readRuns(deps: Deps, { jobs, since }: Asked) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .select((eb) => [
      'job',
      sql<string | null>`MAX(IF(state = 'finished', business_date, NULL))`.as('finishedOn'),
      eb.fn.min<string>('businessDate').as('firstOn'),
      sql<string>`SUM(state = 'failed')`.as('failed'),
      sql<string>`SUM(state = 'running' AND lease_until <= UTC_TIMESTAMP(3))`.as('stalled'),
      sql<string>`SUM(state = 'running' AND lease_until > UTC_TIMESTAMP(3))`.as('running'),
    ])
    .where('part', '=', '')
    .where('job', 'in', jobs)
    .where('businessDate', '>=', since)
    .groupBy('job')
    .execute();
}

async function readLastRuns(deps: Deps, { jobs, since }: Asked) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('run')
          .select((of) => ['job as lastJob', of.fn.max<string>('businessDate').as('lastOn')])
          .where('part', '=', '')
          .where('job', 'in', jobs)
          .where('state', '=', 'finished')
          .where('businessDate', '>=', since)
          .groupBy('job')
          .as('last'),
      (join) => join.onRef('last.lastJob', '=', 'run.job').onRef('last.lastOn', '=', 'run.businessDate'),
    )
    .select([
      'run.job',
      'run.parked',
      sql<string | null>`JSON_VALUE(run.manifest, '$.elapsedMs')`.as('elapsedMs'),
    ])
    .where('run.part', '=', '')
    .execute();
  return rows.map(({ job, parked, elapsedMs }) => ({
    job,
    parked: Number(parked),
    seconds: Number(elapsedMs ?? 0) / 1_000,
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
