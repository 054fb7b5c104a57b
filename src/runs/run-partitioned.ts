import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import type { LeasedRun } from './leased-run.ts';
import { PartitionsFailed, type FinishedPartition, type PartitionedStep } from './partition-handle.ts';
import { prefixOf } from './partition-store.ts';
import { workersOf, workPartitions } from './work-partitions.ts';

/** A plan is written in one transaction and read again and again. */
const MAX_PARTITIONS = 1_000;

/** `RunHandle.runPartitioned` for the process that holds the run. */
export async function runPartitioned<Plan>(
  deps: Deps,
  run: LeasedRun,
  step: PartitionedStep<Plan>,
): Promise<readonly FinishedPartition<Plan>[]> {
  if (!(await planOnce(run, step))) return [];
  // All workers end before the error of one is thrown: none may still write when the run has failed.
  const workers = Array.from({ length: workersOf(deps) }, () => workToTheEnd(deps, run, step));
  for (const worker of await Promise.allSettled(workers)) {
    if (worker.status === 'rejected') throw worker.reason;
  }
  return await listFinished(run, prefixOf(step));
}

/** Plans the step unless an earlier attempt has; then frees what failed in that. Returns whether there are partitions at all. */
async function planOnce<Plan>(run: LeasedRun, step: PartitionedStep<Plan>): Promise<boolean> {
  const prefix = prefixOf(step);
  const known = await run.refreshPartitions(prefix);
  if (known.length > 0) {
    if (known.some(({ state }) => state === 'failed')) {
      await run.work.inChunk(async (tx) => {
        await run.partitions.reopenFailed(tx, prefix);
        return {};
      });
    }
    return true;
  }
  const planned = await step.plan();
  if (planned.length > MAX_PARTITIONS)
    throw new RangeError(`${planned.length} partitions of ${step.step} are too many`);
  if (planned.length === 0) return false;
  await run.work.inChunk(async (tx) => {
    await run.partitions.insert(tx, prefix, planned);
    return {};
  });
  return true;
}

/** Works on free partitions, and waits for those of other processes: when one dies, its partitions are free again. */
async function workToTheEnd<Plan>(deps: Deps, run: LeasedRun, step: PartitionedStep<Plan>): Promise<void> {
  const prefix = prefixOf(step);
  const { chunkSize, report, stopping } = run.work.options;
  for (;;) {
    run.work.throwIfStopping();
    await workPartitions(deps, run.partitions, {
      prefix,
      work: step.work,
      chunkSize,
      report,
      stopping,
      advance: (part, counts) => run.showPartition(part, counts),
    });
    const known = await run.refreshPartitions(prefix);
    if (!known.some(({ state }) => state === 'running')) return;
    await pause(run.pollMs);
  }
}

async function listFinished<Plan>(run: LeasedRun, prefix: string): Promise<FinishedPartition<Plan>[]> {
  const states = await run.refreshPartitions(prefix);
  const failed = states.filter(({ state }) => state === 'failed');
  if (failed[0]) {
    const first = `${failed[0].part}: ${failed[0].error}`;
    throw new PartitionsFailed(
      `${failed.length} of ${states.length} partitions failed, the first of them ${first}`,
    );
  }
  return states.map(({ counts, manifest: { plan, facts } }) => ({ plan: plan as Plan, counts, facts }));
}
