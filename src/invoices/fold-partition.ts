import type { Deps } from '../deps.ts';
import type { PartitionHandle } from '../runs/partition-handle.ts';
import type { ChargeRange } from './fold-chunk.ts';
import { foldRange, type FoldOutcome } from './fold-range.ts';

/** Folds one range of lines of a night, and goes on after the last line that was committed. Counts charges. */
export async function foldPart(deps: Deps, part: PartitionHandle<ChargeRange>): Promise<void> {
  await foldRest(deps, part, (folded, foldedThrough) => ({ ...folded, facts: { foldedThrough } }));
  // A charge that was committed after the plan is done as well, and was not announced.
  if (part.remaining < 0) part.expect(-part.remaining);
  // One that the plan took for waiting was on its invoice already.
  if (part.remaining > 0) await part.inChunk(async () => ({ skipped: part.remaining }));
}

/** The same for a period that is being closed, where charges are not what is counted. */
export async function foldClosingPartition(deps: Deps, part: PartitionHandle<ChargeRange>): Promise<void> {
  await foldRest(deps, part, (_folded, foldedThrough) => ({ facts: { foldedThrough } }));
}

async function foldRest(deps: Deps, part: PartitionHandle<ChargeRange>, outcome: FoldOutcome): Promise<void> {
  const { foldedThrough } = part.facts;
  const afterLine = typeof foldedThrough === 'string' ? foldedThrough : part.plan.afterLine;
  await foldRange(deps, part, { ...part.plan, afterLine, outcome });
}
