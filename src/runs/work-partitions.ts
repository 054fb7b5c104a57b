import type { Deps } from '../deps.ts';
import { claimPartition } from './claim-partition.ts';
import { LeasedPartition } from './leased-partition.ts';
import type { PartitionWork } from './partition-handle.ts';
import type { PartitionsOf } from './partition.queries.ts';
import type { RunCounts } from './run-counts.rules.ts';
import { withLease } from './with-lease.ts';
import type { Claimed } from './take-lease.ts';
import { Stopped } from './work-interrupted.ts';

/** Which free parts to work on, and how. */
export interface PartitionsToWork<Plan> extends PartitionsOf {
  readonly work: PartitionWork<Plan>;
  readonly chunkSize: number | undefined;
  /** After every chunk of a part. */
  readonly advance?: (part: string, counts: RunCounts) => void;
  readonly report?: (line: string) => void;
  /** Asked before each part and each chunk of one. */
  readonly stopping?: (() => boolean) | undefined;
}

/**
 * Works on free parts, one after another, until there is none; returns how many were done here. A part that fails
 * bears its reason in its row and keeps nobody from the others.
 */
export async function workPartitions<Plan>(deps: Deps, parts: PartitionsToWork<Plan>): Promise<number> {
  const { stopping = () => false } = parts;
  let done = 0;
  while (!stopping()) {
    const claimed = await claimPartition(deps, parts);
    if (!claimed) break;
    if (await workPartition(deps, claimed, parts)) done += 1;
  }
  return done;
}

async function workPartition<Plan>(
  deps: Deps,
  claimed: Claimed,
  parts: PartitionsToWork<Plan>,
): Promise<boolean> {
  const { work, chunkSize, advance = () => {}, report = () => {}, stopping } = parts;
  const progress = { advance: (counts: RunCounts) => advance(claimed.part, counts), report };
  const part = new LeasedPartition<Plan>(deps, { claimed, chunkSize, progress, stopping });
  try {
    await withLease(deps, part, async () => {
      await work(deps, part);
      await part.finish();
    });
    return true;
  } catch (error) {
    if (error instanceof Stopped) return false;
    const { job, businessDate } = part;
    deps.log.error({ err: error, job, businessDate, part: part.part }, 'a part was not done');
    return false;
  }
}

/** How many parts one process works on at once: each takes a connection, and one is left for the rest. */
export function workersOf({ config }: Deps): number {
  return Math.max(1, Math.min(config.batchWorkers, config.databasePoolSize - 1));
}
