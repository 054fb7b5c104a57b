import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import type { LeasedRun } from './leased-run.ts';
import { PartitionsFailed, type FinishedPartition, type PartitionedStep } from './partition-handle.ts';
import {
  insertPartitions,
  prefixOf,
  reopenFailedPartitions,
  type PartitionsOf,
} from './partition.queries.ts';
import { countsOf, readManifest } from './take-lease.ts';
import { workersOf, workPartitions } from './work-partitions.ts';

/** A plan is written in one transaction, and looked at again and again. */
const MAX_PARTITIONS = 1_000;

/** What `RunHandle.runPartitioned` does, for the process that holds the run. */
export async function runPartitioned<Plan>(
  deps: Deps,
  run: LeasedRun,
  step: PartitionedStep<Plan>,
): Promise<readonly FinishedPartition<Plan>[]> {
  const { job, businessDate } = run;
  const parts = { job, businessDate, prefix: prefixOf(step) };
  if (!(await planOnce(run, step, parts))) return [];
  // All of them come to an end before one's error is thrown: none may go on behind the back of a failed run.
  const workers = Array.from({ length: workersOf(deps) }, () => workToTheEnd(deps, run, { ...parts, step }));
  for (const worker of await Promise.allSettled(workers)) {
    if (worker.status === 'rejected') throw worker.reason;
  }
  return await listFinished(run, parts);
}

/** Cuts the step unless an earlier attempt has, and gives free what failed in that; whether there are parts at all. */
async function planOnce<Plan>(
  run: LeasedRun,
  step: PartitionedStep<Plan>,
  parts: PartitionsOf,
): Promise<boolean> {
  const known = await run.refreshPartitions(parts.prefix);
  if (known.length > 0) {
    if (known.some(({ state }) => state === 'failed'))
      await run.inChunk(async (tx) => {
        await reopenFailedPartitions(tx, parts);
        return {};
      });
    return true;
  }
  const planned = await step.plan();
  if (planned.length > MAX_PARTITIONS)
    throw new RangeError(`${planned.length} partitions of ${step.step} are too many`);
  if (planned.length === 0) return false;
  await run.inChunk(async (tx) => {
    await insertPartitions(tx, parts, planned);
    return {};
  });
  return true;
}

/** Works on free parts, and waits for those that others are at: one whose holder dies is free again. */
async function workToTheEnd<Plan>(
  deps: Deps,
  run: LeasedRun,
  { step, ...parts }: PartitionsOf & { step: PartitionedStep<Plan> },
): Promise<void> {
  for (;;) {
    run.throwIfStopping();
    await workPartitions(deps, {
      ...parts,
      work: step.work,
      chunkSize: run.chunkSize,
      advance: (part, counts) => run.showPartition(part, counts),
      report: (line) => run.report(line),
      stopping: run.stopping,
    });
    const known = await run.refreshPartitions(parts.prefix);
    if (!known.some(({ state }) => state === 'running')) return;
    await pause(run.pollMs);
  }
}

async function listFinished<Plan>(
  run: LeasedRun,
  { prefix }: PartitionsOf,
): Promise<FinishedPartition<Plan>[]> {
  const parts = await run.refreshPartitions(prefix);
  const failed = parts.filter(({ state }) => state === 'failed');
  if (failed[0]) {
    const first = `${failed[0].part}: ${failed[0].error}`;
    throw new PartitionsFailed(
      `${failed.length} of ${parts.length} partitions failed, the first of them ${first}`,
    );
  }
  return parts.map((part) => {
    const { plan, facts } = readManifest(part.manifest);
    return { plan: plan as Plan, counts: countsOf(part), facts };
  });
}
