import { sql, type ExpressionBuilder } from 'kysely';
import { sqlOf, type Tables } from '../database/sql.ts';
import { emOf, type Database, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isProcessDead } from './process-identity.ts';
import type { PlannedPartition } from './partition-handle.ts';
import { partitionName } from './partition-store.ts';
import type { RunKey } from './run.queries.ts';

/** Selects partitions of a run: those whose names begin with `prefix`, all when it is empty. */
export interface PartitionsOf extends RunKey {
  readonly prefix: string;
}

/** Partitions with their state and counters, in the order of their names. */
export function listPartitions(deps: Database, partitions: PartitionsOf) {
  return sqlOf(emOf(deps))
    .selectFrom('run')
    .select(['part', 'state', 'error', 'expected', 'done', 'skipped', 'parked', 'manifest'])
    .where(within(partitions))
    .orderBy('part')
    .execute();
}

/** The first partition that nobody works on, locked until the transaction ends; locked ones are passed over, somebody takes them. */
export function findAndLockFreePartition(
  tx: InTransaction<Deps>,
  partitions: PartitionsOf,
  deadProcesses: readonly string[],
) {
  return sqlOf(tx.em)
    .selectFrom('run')
    .selectAll()
    .select(sql<number | null>`lease_until > UTC_TIMESTAMP(3)`.as('leaseHolds'))
    .where(within(partitions))
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

/** Processes that hold partitions and are known to be dead: theirs are free before the lease expires. */
export async function listDeadProcesses(deps: Database, partitions: PartitionsOf): Promise<string[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('run')
    .select('heldBy')
    .distinct()
    .where(within(partitions))
    .where('state', '=', 'running')
    .where('heldBy', 'is not', null)
    .execute();
  return rows.flatMap(({ heldBy }) => (heldBy !== null && isProcessDead(heldBy) ? [heldBy] : []));
}

/** Creates the partitions of a plan, free to be claimed. */
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
    part: partitionName(prefix, index + 1),
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

/** Frees the partitions that failed in an earlier attempt. */
export async function reopenFailedPartitions(
  tx: InTransaction<Deps>,
  partitions: PartitionsOf,
): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('run')
    .set({ state: 'running', error: null })
    .where(within(partitions))
    .where('state', '=', 'failed')
    .execute();
}

/** A range of the primary key: nothing in a name sorts after `~`, and no partition has the empty name of the run. */
function within({ job, businessDate, prefix }: PartitionsOf) {
  return ({ and, eb }: ExpressionBuilder<Tables, 'run'>) =>
    and([
      eb('job', '=', job),
      eb('businessDate', '=', businessDate),
      eb('part', '>', prefix),
      eb('part', '<', `${prefix}~`),
    ]);
}
