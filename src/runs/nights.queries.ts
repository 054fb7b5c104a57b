import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { listDueNights } from './due-nights.ts';
import { jobNames } from './job-names.ts';
import { lastDueNight, nightDueAt } from './night-due.rules.ts';
import { addCounts } from './run-counts.rules.ts';
import { listOpenRequests, type OpenRequest } from './run-details.queries.ts';
import { listedRun, type ListedRun } from './run-list.queries.ts';
import { countsOf, readManifest } from './run-row.rules.ts';

/** How the nights stand. */
export interface Nights {
  /** The last business date whose night was due. */
  readonly last: string;
  /** Its runs, in the order of the night. */
  readonly runs: readonly ListedRun[];
  /** Billing periods that it closed. */
  readonly closed: number;
  /** Jobs of that night that have not begun. */
  readonly missing: readonly string[];
  /** Business dates whose night is due and not complete, oldest first. */
  readonly due: readonly string[];
  /** What processes work on now, whatever the date, with the counters of their partitions. */
  readonly running: readonly ListedRun[];
  readonly requests: readonly OpenRequest[];
  readonly nextDueAt: Date;
}

const order = (job: string) => jobNames.findIndex((name) => name === job);

/** What the last night did, what runs, what is due. @throws Problem `permission-denied` */
export async function readNights(deps: Deps, actor: Actor): Promise<Nights> {
  authorize(actor, 'runs:read');
  const { timeZone } = deps.config;
  const last = lastDueNight(deps.clock.now(), timeZone);
  const rows = await selectRuns(deps)
    .where('businessDate', '=', last)
    .where('job', 'in', [...jobNames])
    .execute();
  const runs = rows.map(listedRun).toSorted((one, other) => order(one.job) - order(other.job));
  return {
    last,
    runs,
    closed: closedBy(rows.find(({ job }) => job === 'close-periods')?.manifest ?? null),
    missing: jobNames.filter((name) => runs.every(({ job }) => job !== name)),
    due: await listDueNights(deps),
    running: await listRunning(deps, actor),
    requests: await listOpenRequests(deps),
    nextDueAt: nightDueAt(addDays(last, 1), timeZone),
  };
}

/** The facts of a close are by period and closing group, `2026-05/10`. */
function closedBy(manifest: Record<string, unknown> | null): number {
  const { facts } = readManifest(manifest);
  return Object.keys(facts).filter((name) => /^\d{4}-\d{2}\/\d+$/.test(name)).length;
}

/** What processes work on now, with the counters of their partitions. @throws Problem `permission-denied` */
export async function listRunning(deps: Deps, actor: Actor): Promise<ListedRun[]> {
  authorize(actor, 'runs:read');
  const held = await selectRuns(deps)
    .where(sql<boolean>`is_under_way`)
    .orderBy('startedAt')
    .execute();
  const running = held.map(listedRun).filter(({ state }) => state === 'running');
  if (running.length === 0) return [];
  const parts = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['job', 'businessDate', 'expected', 'done', 'skipped', 'parked'])
    .where('part', '>', '')
    .where(({ or, and, eb }) =>
      or(
        running.map(({ job, businessDate }) =>
          and([eb('job', '=', job), eb('businessDate', '=', businessDate)]),
        ),
      ),
    )
    .execute();
  return running.map((run) => ({
    ...run,
    counts: parts
      .filter(({ job, businessDate }) => job === run.job && businessDate === run.businessDate)
      .map(countsOf)
      .reduce(addCounts, run.counts),
  }));
}

function selectRuns(deps: Deps) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .where('part', '=', '');
}
