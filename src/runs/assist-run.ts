import type { Deps } from '../deps.ts';
import type { PartitionWork } from './partition-handle.ts';
import { prefixOf } from './partition-store.ts';
import { partitionTable } from './partition-table.ts';
import type { RunKey } from './run.queries.ts';
import { workersOf, workPartitions } from './work-partitions.ts';

/** A run that another process holds, and what this one can do of it. */
export interface RunToAssist extends RunKey {
  /** The work of each partitioned step, as the job declares it. */
  readonly partitions: Readonly<Record<string, PartitionWork<never>>>;
  readonly chunkSize?: number | undefined;
  readonly stopping?: (() => boolean) | undefined;
}

/** Works on the free partitions of a run that another process holds; returns how many were done here. */
export async function assistRun(deps: Deps, run: RunToAssist): Promise<number> {
  const { partitions, chunkSize, stopping } = run;
  const store = partitionTable(deps, run);
  let done = 0;
  for (const [step, work] of Object.entries(partitions)) {
    const request = { prefix: prefixOf({ step }), work, chunkSize, stopping };
    const workers = Array.from({ length: workersOf(deps) }, () => workPartitions(deps, store, request));
    for (const worker of await Promise.allSettled(workers)) {
      if (worker.status === 'rejected') throw worker.reason;
      done += worker.value;
    }
  }
  return done;
}
