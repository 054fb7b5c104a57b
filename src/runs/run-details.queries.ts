import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { addCounts, type RunCounts } from './run-counts.rules.ts';
import { listedRun, type ListedRun } from './run-list.queries.ts';
import { countsOf, readManifest } from './run-row.rules.ts';
import { findRun, listParked, type RunKey } from './run.queries.ts';
import { findStop } from './watch-stop.ts';

const PARKED = 200;
const LAST = 6;

export interface RunPart {
  readonly part: string;
  readonly state: 'running' | 'finished' | 'failed';
  readonly counts: RunCounts;
  /** The process that worked on it last. */
  readonly by: string | undefined;
  readonly error: string | null;
}

/** A request of a person that has not ended. */
export interface OpenRequest extends RunKey {
  readonly requestedBy: string;
  readonly requestedAt: Date;
  /** Undefined while no process has taken it. */
  readonly takenBy: string | undefined;
  /** How long ago it was asked for. */
  readonly waitedMs: number;
}

export interface RunDetails extends ListedRun {
  readonly parts: readonly RunPart[];
  /** What the job printed, the newest last. */
  readonly lines: readonly string[];
  readonly parkedSubjects: readonly { readonly subject: string; readonly reason: string }[];
  /** Working times of the last six finished runs of the job before this one, the newest first. */
  readonly before: readonly { readonly businessDate: string; readonly elapsedMs: number }[];
  /** Whether the job has no run of a later date. */
  readonly isNewest: boolean;
  readonly stop: { readonly stoppedBy: string; readonly stoppedAt: Date } | undefined;
  readonly request: OpenRequest | undefined;
}

/** One run with all that is known of it; until it has finished, its partitions count with it. @throws Problem `permission-denied`, `not-found` */
export async function getRun(deps: Deps, actor: Actor, key: RunKey): Promise<RunDetails> {
  authorize(actor, 'runs:read');
  const row = await findRun(deps, key);
  if (!row) throw new Problem('not-found');
  const requests = await listOpenRequests(deps);
  const parts = await listParts(deps, key);
  const run = listedRun(row);
  return {
    ...run,
    counts:
      run.state === 'finished' ? run.counts : parts.map((part) => part.counts).reduce(addCounts, run.counts),
    lines: readManifest(row.manifest).lines ?? [],
    parts,
    parkedSubjects: await listParked(deps, key, PARKED),
    before: await listBefore(deps, key),
    isNewest: !(await hasLater(deps, key)),
    stop: await findStop(deps, key),
    request: requests.find(
      ({ job, businessDate }) => businessDate === key.businessDate && (job === key.job || job === 'night'),
    ),
  };
}

async function listParts(deps: Database, { job, businessDate }: RunKey): Promise<RunPart[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['part', 'state', 'expected', 'done', 'skipped', 'parked', 'manifest', 'error'])
    .where('job', '=', job)
    .where('businessDate', '=', businessDate)
    .where('part', '>', '')
    .orderBy('part')
    .execute();
  return rows.map(({ part, state, error, manifest, ...counts }) => ({
    part,
    state,
    error,
    counts: countsOf(counts),
    by: readManifest(manifest).by,
  }));
}

async function listBefore(deps: Database, { job, businessDate }: RunKey): Promise<RunDetails['before']> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['businessDate', 'manifest'])
    .where('part', '=', '')
    .where('state', '=', 'finished')
    .where('job', '=', job)
    .where('businessDate', '<', businessDate)
    .orderBy('businessDate', 'desc')
    .limit(LAST)
    .execute();
  return rows.map((row) => ({
    businessDate: row.businessDate,
    elapsedMs: readManifest(row.manifest).elapsedMs,
  }));
}

/** Whether the job has a run of a later business date. */
export async function hasLater(deps: Database, { job, businessDate }: RunKey): Promise<boolean> {
  const later = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select('businessDate')
    .where('job', '=', job)
    .where('part', '=', '')
    .where('businessDate', '>', businessDate)
    .limit(1)
    .executeTakeFirst();
  return later !== undefined;
}

/** What people asked for and has not ended, oldest first. */
export async function listOpenRequests(deps: Database & Pick<Deps, 'clock'>): Promise<OpenRequest[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run_request')
    .select(['job', 'businessDate', 'requestedBy', 'requestedAt', 'takenBy'])
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('isKept'))
    .where('state', 'in', ['waiting', 'taken'])
    .orderBy('id')
    .execute();
  const now = deps.clock.now().getTime();
  return rows.map(({ takenBy, isKept, ...row }) => ({
    ...row,
    takenBy: isKept && takenBy !== null ? takenBy : undefined,
    waitedMs: Math.max(0, now - row.requestedAt.getTime()),
  }));
}
