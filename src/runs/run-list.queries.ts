import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunCounts } from './run-counts.rules.ts';
import { countsOf, readManifest } from './run-row.rules.ts';
import { runStateOf, type RunState } from './run-state.rules.ts';
import type { RunKey, RunRow } from './run.queries.ts';

const PAGE = 50;

export interface RunFilter {
  readonly job?: string | undefined;
  /** `running`: begun and not finished. `parked`: with subjects parked. */
  readonly state?: 'finished' | 'failed' | 'running' | 'parked' | undefined;
  /** First and last business date. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The last run of the page before, as `DATE~JOB`. */
  readonly after?: string | undefined;
}

/** A run as lists show it. */
export interface ListedRun extends RunKey {
  readonly state: RunState;
  readonly counts: RunCounts;
  readonly attempt: number;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  /** Working time of all attempts. */
  readonly elapsedMs: number;
  readonly error: string | null;
  readonly heldBy: string | null;
}

export interface RunPage {
  readonly runs: readonly ListedRun[];
  readonly count: number;
  /** For `after` of the next page. */
  readonly next: string | undefined;
}

/** Runs of all jobs, the newest business date first; 50 a page. @throws Problem `permission-denied` */
export async function listRunPage(deps: Deps, actor: Actor, filter: RunFilter): Promise<RunPage> {
  authorize(actor, 'runs:read');
  const matching = select(deps, filter);
  const { count } = await matching.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
  const [date = '', job = ''] = (filter.after ?? '').split('~');
  const rows = await matching
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .$if(filter.after !== undefined, (query) =>
      query.where(({ or, and, eb }) =>
        or([eb('businessDate', '<', date), and([eb('businessDate', '=', date), eb('job', '>', job)])]),
      ),
    )
    .orderBy('businessDate', 'desc')
    .orderBy('job')
    .limit(PAGE + 1)
    .execute();
  const runs = rows.slice(0, PAGE).map(listedRun);
  const last = rows.length > PAGE ? runs.at(-1) : undefined;
  return { runs, count: Number(count), next: last && `${last.businessDate}~${last.job}` };
}

function select(deps: Database, { job, state, from, to }: RunFilter) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .where('part', '=', '')
    .$if(job !== undefined, (query) => query.where('job', '=', job!))
    .$if(from !== undefined, (query) => query.where('businessDate', '>=', from!))
    .$if(to !== undefined, (query) => query.where('businessDate', '<=', to!))
    .$if(state === 'parked', (query) => query.where('parked', '>', 0n))
    .$if(state !== undefined && state !== 'parked', (query) =>
      query.where('state', '=', state as 'finished' | 'failed' | 'running'),
    );
}

/** A row of the table as lists show it. */
export function listedRun(row: RunRow): ListedRun {
  const { job, businessDate, attempt, startedAt, finishedAt, error, heldBy } = row;
  const { elapsedMs } = readManifest(row.manifest);
  return {
    job,
    businessDate,
    state: runStateOf(row),
    counts: countsOf(row),
    attempt,
    startedAt,
    finishedAt,
    elapsedMs,
    error,
    heldBy,
  };
}
