import type { Deps } from '../deps.ts';
import type { PlannedPartition } from '../runs/partition-handle.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { CHUNK_SIZE, renewPartition, renewShare } from './renew-share.ts';
import { countVisits, type LineShare } from './renewal-candidate.queries.ts';
import { addFigures } from './renewal-figures.rules.ts';

/** Few, because each share reads past the candidates of the others. */
const SHARES = 8;
/** What fits into so many chunks is done by one process before another has looked. */
const CHUNKS_ALONE = 2;

/**
 * Night job: settles the months of subscriptions that fell due through the run's business date, those that
 * missed nights left behind included, and ends the subscriptions whose last month is settled or whose line is no
 * longer entitled. Counts visits of a subscription: one for each month to settle. A refused month is parked
 * and over; what failed for another reason is parked, still due, and tried again the next night. A large night is
 * shared by lines.
 */
export async function renewSubscriptions(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const plan = () => planShares(deps, run);
  const partitions = await run.runPartitioned({ step: 'renew', work: renewPartition, plan });
  if (partitions.length > 0) return { ...addFigures([run.facts, ...partitions.map(({ facts }) => facts)]) };
  const [visits = 0] = await countVisits(deps, run.businessDate, 1);
  run.announce(visits);
  await renewShare(deps, run);
  return run.facts;
}

async function planShares(deps: Deps, run: RunHandle): Promise<PlannedPartition<LineShare>[]> {
  const visits = await countVisits(deps, run.businessDate, SHARES);
  const all = visits.reduce((sum, ofShare) => sum + ofShare, 0);
  if (all <= CHUNKS_ALONE * (run.chunkSize ?? CHUNK_SIZE)) return [];
  return visits.map((expected, nth) => ({ plan: { nth, of: SHARES }, expected }));
}
