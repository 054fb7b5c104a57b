import { sql, type ExpressionBuilder } from 'kysely';
import { sqlOf, type Tables } from '../database/sql.ts';
import { emOf, type Database, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isProcessDead } from './process-identity.ts';
import type { PlannedPartition } from './partition-handle.ts';
import type { RunKey } from './run.queries.ts';

/** Which parts of a run: those whose names begin with `prefix`; all when it is empty. */
export interface PartitionsOf extends RunKey {
  readonly prefix: string;
}

/** Of `STEP/0001` or `STEP/OF/0001`. */
export function prefixOf({ step, of }: { readonly step: string; readonly of?: string | undefined }): string {
  return of === undefined ? `${step}/` : `${step}/${of}/`;
}

/** Parts with their state and figures, in their order. */
export function listPartitions(deps: Database, parts: PartitionsOf) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['part', 'state', 'error', 'expected', 'done', 'skipped', 'parked', 'manifest'])
    .where(within(parts))
    .orderBy('part')
    .execute();
}

/** The first part that nobody works on, locked until the transaction ends; a part that is locked is somebody's. */
export function findAndLockFreePartition(
  tx: InTransaction<Deps>,
  parts: PartitionsOf,
  deadProcesses: readonly string[],
) {
  return sqlOf(tx.em)
    .selectFrom('run')
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .where(within(parts))
    .where('state', '=', 'running')
    .where(({ or, eb }) =>
      or([
        eb('leaseUntil', 'is', null),
        eb('leaseUntil', '<=', sql<Date>`UTC_TIMESTAMP(3)`),
        ...(deadProcesses.length > 0 ? [eb('heldBy', 'in', deadProcesses)] : []),
      ]),
    )
    .orderBy('part')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** Holders of parts that are known to be gone: for theirs nobody has to wait until the lease runs out. */
export async function listDeadProcesses(deps: Database, parts: PartitionsOf): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select('heldBy')
    .distinct()
    .where(within(parts))
    .where('state', '=', 'running')
    .where('heldBy', 'is not', null)
    .execute();
  return rows.flatMap(({ heldBy }) => (heldBy !== null && isProcessDead(heldBy) ? [heldBy] : []));
}

/** Writes a plan down, free for whoever comes. */
export async function insertPartitions(
  tx: InTransaction<Deps>,
  { job, businessDate, prefix }: PartitionsOf,
  planned: readonly PlannedPartition<unknown>[],
): Promise<void> {
  const nothing = { done: 0n, skipped: 0n, parked: 0n, finishedAt: null, error: null };
  const nobody = { heldBy: null, leaseToken: null, leaseUntil: null };
  const rows = planned.map(({ plan, expected }, index) => ({
    job,
    businessDate,
    part: `${prefix}${String(index + 1).padStart(4, '0')}`,
    state: 'running' as const,
    attempt: 0,
    ...nobody,
    ...nothing,
    expected: BigInt(expected),
    manifest: { plan },
    startedAt: tx.clock.now(),
  }));
  await sqlOf(tx.em).insertInto('run').values(rows).execute();
}

/** Gives parts that failed in an earlier attempt free again. */
export async function reopenFailedPartitions(tx: InTransaction<Deps>, parts: PartitionsOf): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('run')
    .set({ state: 'running', error: null })
    .where(within(parts))
    .where('state', '=', 'failed')
    .execute();
}

/** A range of the primary key; nothing in a name sorts after `~`, and no part has the empty name of the run. */
function within({ job, businessDate, prefix }: PartitionsOf) {
  return ({ and, eb }: ExpressionBuilder<Tables, 'run'>) =>
    and([
      eb('job', '=', job),
      eb('businessDate', '=', businessDate),
      eb('part', '>', prefix),
      eb('part', '<', `${prefix}~`),
    ]);
}
