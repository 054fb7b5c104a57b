import type { Deps } from '../deps.ts';
import type { PartitionHandle } from '../runs/partition-handle.ts';
import type { ChargeRange } from './charge-range.queries.ts';
import { foldInChunks, type FoldOutcome } from './fold-in-chunks.ts';

/** Folds one range of lines as a partition of a night; resumes after the last committed line. Counts charges. */
export async function foldPartition(deps: Deps, partition: PartitionHandle<ChargeRange>): Promise<void> {
  await resume(deps, partition, (folded, foldedThrough) => ({ ...folded, facts: { foldedThrough } }));
  // Charges that were committed after the plan are folded too, and were not announced.
  if (partition.remaining < 0) partition.announce(-partition.remaining);
  // Charges that the plan counted as unbilled were on their invoices already.
  if (partition.remaining > 0) await partition.inChunk(async () => ({ skipped: partition.remaining }));
}

/** Like `foldPartition`, for a period that is being closed: a close counts periods, so no charge is counted. */
export async function foldClosingPartition(
  deps: Deps,
  partition: PartitionHandle<ChargeRange>,
): Promise<void> {
  await resume(deps, partition, (_folded, foldedThrough) => ({ facts: { foldedThrough } }));
}

async function resume(
  deps: Deps,
  partition: PartitionHandle<ChargeRange>,
  outcome: FoldOutcome,
): Promise<void> {
  const { foldedThrough } = partition.facts;
  const afterLine = typeof foldedThrough === 'string' ? foldedThrough : partition.plan.afterLine;
  await foldInChunks(deps, partition, { ...partition.plan, afterLine, outcome });
}
