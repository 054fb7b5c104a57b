import type { Deps } from '../deps.ts';
import type { PartitionHandle } from '../runs/partition-handle.ts';
import type { ChargeRange } from './fold-chunk.ts';
import { foldRange, type FoldOutcome } from './fold-range.ts';

/** Folds one range of lines of a night, and goes on after the last line that was committed. Counts charges. */
export async function foldPartition(deps: Deps, partition: PartitionHandle<ChargeRange>): Promise<void> {
  await foldRest(deps, partition, (folded, foldedThrough) => ({ ...folded, facts: { foldedThrough } }));
  // A charge that was committed after the plan is done as well, and was not announced.
  if (partition.remaining < 0) partition.announce(-partition.remaining);
  // One that the plan took for waiting was on its invoice already.
  if (partition.remaining > 0) await partition.inChunk(async () => ({ skipped: partition.remaining }));
}

/** The same for a period that is being closed, where charges are not what is counted. */
export async function foldClosingPartition(
  deps: Deps,
  partition: PartitionHandle<ChargeRange>,
): Promise<void> {
  await foldRest(deps, partition, (_folded, foldedThrough) => ({ facts: { foldedThrough } }));
}

async function foldRest(
  deps: Deps,
  partition: PartitionHandle<ChargeRange>,
  outcome: FoldOutcome,
): Promise<void> {
  const { foldedThrough } = partition.facts;
  const afterLine = typeof foldedThrough === 'string' ? foldedThrough : partition.plan.afterLine;
  await foldRange(deps, partition, { ...partition.plan, afterLine, outcome });
}
