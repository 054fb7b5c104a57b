import type { Deps } from '../deps.ts';
import type { PlannedPartition } from '../runs/partition-handle.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { countDueMonths, type LinePartition } from './due-subscriptions.queries.ts';
import { makeUnentitledDue } from './make-unentitled-due.ts';
import { CHUNK_SIZE, renewAllDue, renewPartition } from './renew-partition.ts';
import { addFigures } from './renewal-figures.rules.ts';

/** Few, because each partition reads past the due subscriptions of the others. */
const PARTITIONS = 8;
/** One process renews this many chunks sooner than a second one joins. */
const CHUNKS_ALONE = 2;

/**
 * Night job: bills the months of subscriptions that are due by the run's business date, those of missed nights included,
 * and ends the subscriptions whose last month is billed or whose line is no longer entitled. Counts renewal steps: one for
 * each due month. A refused month is parked and final; one that failed for another reason is parked, stays due, and is
 * tried again the next night. A large night is partitioned by lines.
 */
export async function renewSubscriptions(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  await makeUnentitledDue(deps, run);
  const plan = () => planPartitions(deps, run);
  const partitions = await run.runPartitioned({ step: 'renew', work: renewPartition, plan });
  if (partitions.length > 0) return { ...addFigures([run.facts, ...partitions.map(({ facts }) => facts)]) };
  const [months = 0] = await countDueMonths(deps, run.businessDate, 1);
  run.announce(months);
  await renewAllDue(deps, run);
  return run.facts;
}

async function planPartitions(deps: Deps, run: RunHandle): Promise<PlannedPartition<LinePartition>[]> {
  const months = await countDueMonths(deps, run.businessDate, PARTITIONS);
  const all = months.reduce((sum, ofPartition) => sum + ofPartition, 0);
  if (all <= CHUNKS_ALONE * (run.chunkSize ?? CHUNK_SIZE)) return [];
  return months.map((expected, nth) => ({ plan: { nth, of: PARTITIONS }, expected }));
}
