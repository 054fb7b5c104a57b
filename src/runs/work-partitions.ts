import { isOutOfReach } from '../database/connection-error.rules.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { createHandle } from './create-handle.ts';
import type { Lease } from './lease.ts';
import { LeasedWork, type WorkOptions } from './leased-work.ts';
import type { PartitionWork } from './partition-handle.ts';
import type { PartitionStore } from './partition-store.ts';
import type { RunCounts } from './run-counts.rules.ts';
import { withLease } from './with-lease.ts';
import { Stopped } from './work-interrupted.ts';

/** Most attempts at a partition that the database cuts short. */
const MAX_ATTEMPTS = 5;

/** Which free partitions to work on, and how. */
export interface PartitionsToWork<Plan> extends Pick<WorkOptions, 'chunkSize' | 'report' | 'stopping'> {
  readonly prefix: string;
  readonly work: PartitionWork<Plan>;
  /** Called after each chunk of a partition. */
  readonly advance?: (part: string, counts: RunCounts) => void;
}

/**
 * Works on free partitions, one after another, until there is none; returns how many were done here. The error of one
 * that fails is recorded in its row, and the others are done.
 */
export async function workPartitions<Plan>(
  deps: Deps,
  store: PartitionStore,
  request: PartitionsToWork<Plan>,
): Promise<number> {
  let done = 0;
  while (!request.stopping?.()) {
    const lease = await store.claim(request.prefix);
    if (!lease) break;
    if (await workPartition(deps, lease, request)) done += 1;
  }
  return done;
}

async function workPartition<Plan>(
  deps: Deps,
  lease: Lease,
  { work, advance, chunkSize, report, stopping }: PartitionsToWork<Plan>,
): Promise<boolean> {
  const { job, businessDate, part, manifest } = lease.claimed;
  const partition = new LeasedWork(deps, lease, {
    chunkSize,
    report,
    stopping,
    isInterruption,
    advance: (counts) => advance?.(part, counts),
  });
  const handle = createHandle(partition, { plan: manifest.plan as Plan });
  try {
    await withLease(deps, partition, async () => {
      await work(deps, handle);
      await inTransaction(deps, (tx) => partition.finish(tx));
    });
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    deps.log.error({ err: error, job, businessDate, part }, 'a partition was not done');
    return false;
  }
}

/** When one node of a cluster is killed, the partition has not failed: a process that reaches the database continues it. */
function isInterruption(error: unknown, attempt: number): boolean {
  return isOutOfReach(error) && attempt < MAX_ATTEMPTS;
}

/** How many partitions one process works on at once: each takes a connection, and one is left for the rest. */
export function workersOf({ config }: Deps): number {
  return Math.max(1, Math.min(config.batchWorkers, config.databasePoolSize - 1));
}
