import type { Deps } from '../deps.ts';
import type { PlannedPartition } from '../runs/partition-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { AFTER_ALL_LINES, countBillables, findEndLine, type ChargeRange } from './charge-range.queries.ts';
import { CHUNK_SIZE } from './fold-in-chunks.ts';
import { findBookedDate } from './unbilled.queries.ts';

/** A partition is so many chunks: enough to be worth a lease, few enough that several processes end together. */
const CHUNKS_PER_PARTITION = 5;
/** One process folds this many chunks sooner than a second one joins. */
const CHUNKS_ALONE = 2;
/** Beyond it partitions grow in size. Half of what a step may have, because each day rounds up. */
const MAX_PARTITIONS = 500;

/** A period with unbilled charges or refunds, and how many. */
export interface UnbilledPeriod {
  readonly key: PeriodKey;
  readonly unbilled: number;
}

interface FoldToPlan {
  readonly periods: readonly UnbilledPeriod[];
  /** The last business date to fold. */
  readonly through: string;
  readonly chunkSize: number | undefined;
}

/**
 * Cuts the unbilled charges and refunds into partitions, each a range of lines of one business date: by steps in the index over the
 * charges and the one over refunds; nothing is locked. Cuts the newest dates of a period, as far as all charges of a date can
 * be unbilled; the few that came late to an older date are left to `foldUnbilled`. A small night is not cut.
 */
export async function planFoldPartitions(
  deps: Deps,
  fold: FoldToPlan,
): Promise<PlannedPartition<ChargeRange>[]> {
  const { periods, through, chunkSize = CHUNK_SIZE } = fold;
  const all = periods.reduce((sum, { unbilled }) => sum + unbilled, 0);
  if (all <= CHUNKS_ALONE * chunkSize) return [];
  const size = Math.max(CHUNKS_PER_PARTITION * chunkSize, Math.ceil(all / MAX_PARTITIONS));
  const partitions: PlannedPartition<ChargeRange>[] = [];
  for (const { key, unbilled } of periods) {
    let left = unbilled;
    let date = await findBookedDate(deps, key, { through });
    while (date !== undefined && left > 0) {
      const day = await cutDay(deps, { ...key, businessDate: date }, { size, atMost: left });
      if (!day) break;
      partitions.push(...day);
      left -= day.reduce((sum, { expected }) => sum + expected, 0);
      date = await findBookedDate(deps, key, { before: date });
    }
  }
  return partitions;
}

/** The partitions of one day; undefined when it has more charges than are unbilled: then it was folded before. */
async function cutDay(
  deps: Deps,
  day: PeriodKey & { readonly businessDate: string },
  { size, atMost }: { readonly size: number; readonly atMost: number },
): Promise<PlannedPartition<ChargeRange>[] | undefined> {
  const partitions: PlannedPartition<ChargeRange>[] = [];
  let left = atMost;
  for (let afterLine = ''; afterLine !== AFTER_ALL_LINES;) {
    const range = { ...day, afterLine, throughLine: AFTER_ALL_LINES };
    const partition = left < size ? await wholeRange(deps, range) : await cutFirst(deps, range, size);
    left -= partition.expected;
    if (left < 0) return undefined;
    if (partition.expected > 0) partitions.push(partition);
    afterLine = partition.plan.throughLine;
  }
  return partitions;
}

/** The first lines of a range that have at least `size` charges or refunds, or the whole range. */
async function cutFirst(
  deps: Deps,
  range: ChargeRange,
  size: number,
): Promise<PlannedPartition<ChargeRange>> {
  return wholeRange(deps, { ...range, throughLine: await findEndLine(deps, range, size) });
}

async function wholeRange(deps: Deps, range: ChargeRange): Promise<PlannedPartition<ChargeRange>> {
  return { plan: range, expected: await countBillables(deps, range) };
}
