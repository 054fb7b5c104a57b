import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import type { PlannedPartition } from '../runs/partition-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { AFTER_ALL_LINES, chargesIn, type ChargeRange } from './fold-chunk.ts';
import { CHUNK_SIZE } from './fold-range.ts';
import { findChargedDate } from './unbilled.queries.ts';

/** A partition is so many chunks: enough to be worth a lease, few enough that several processes end together. */
const CHUNKS_PER_PARTITION = 5;
/** What fits into so many chunks is folded by one process: it is done before another has looked. */
const CHUNKS_ALONE = 2;
/** Partitions grow rather than become more. Half of what a step may have: each day rounds up. */
const MAX_PARTITIONS = 500;

/** A period with charges that wait, as `countUnbilled` tells. */
export interface WaitingPeriod {
  readonly key: PeriodKey;
  readonly count: number;
}

interface FoldToPlan {
  readonly waiting: readonly WaitingPeriod[];
  /** The last business date to fold. */
  readonly through: string;
  readonly chunkSize: number | undefined;
}

/**
 * Cuts what waits into ranges of lines of a business date, by steps in the index over the charges: they are read
 * once and nothing is locked. The newest dates of a period are cut, as far as all of their charges may be waiting;
 * charges that came late to an older date are few, and left to `foldPeriod`. Nothing is cut on a small night.
 */
export async function planFold(deps: Deps, fold: FoldToPlan): Promise<PlannedPartition<ChargeRange>[]> {
  const { waiting, through, chunkSize = CHUNK_SIZE } = fold;
  const all = waiting.reduce((sum, { count }) => sum + count, 0);
  if (all <= CHUNKS_ALONE * chunkSize) return [];
  const size = Math.max(CHUNKS_PER_PARTITION * chunkSize, Math.ceil(all / MAX_PARTITIONS));
  const partitions: PlannedPartition<ChargeRange>[] = [];
  for (const { key, count } of waiting) {
    let left = count;
    let date = await findChargedDate(deps, key, { through });
    while (date !== undefined && left > 0) {
      const day = await cutDay(deps, { ...key, businessDate: date }, { size, most: left });
      if (!day) break;
      partitions.push(...day);
      left -= day.reduce((sum, { expected }) => sum + expected, 0);
      date = await findChargedDate(deps, key, { before: date });
    }
  }
  return partitions;
}

/** The partitions of one day; undefined when it has more charges than are waiting: then it was folded before. */
async function cutDay(
  deps: Deps,
  day: PeriodKey & { readonly businessDate: string },
  { size, most }: { readonly size: number; readonly most: number },
): Promise<PlannedPartition<ChargeRange>[] | undefined> {
  const partitions: PlannedPartition<ChargeRange>[] = [];
  let left = most;
  for (let afterLine = ''; afterLine !== AFTER_ALL_LINES;) {
    const range = { ...day, afterLine, throughLine: AFTER_ALL_LINES };
    const partition = left < size ? await planWhole(deps, range) : await cutPartition(deps, range, size);
    left -= partition.expected;
    if (left < 0) return undefined;
    if (partition.expected > 0) partitions.push(partition);
    afterLine = partition.plan.throughLine;
  }
  return partitions;
}

/** The first lines of a range that have at least `size` charges together, and how many those are; or all of it. */
async function cutPartition(
  deps: Deps,
  range: ChargeRange,
  size: number,
): Promise<PlannedPartition<ChargeRange>> {
  const last = await chargesIn(deps, range)
    .select(['lineId', 'id'])
    .orderBy('lineId')
    .orderBy('id')
    .limit(1)
    .offset(size - 1)
    .executeTakeFirst();
  if (!last?.lineId) return planWhole(deps, range);
  const ofLastLine = chargesIn(deps, range).where('lineId', '=', last.lineId).where('id', '>', last.id);
  return { plan: { ...range, throughLine: last.lineId }, expected: size + (await count(ofLastLine)) };
}

async function planWhole(deps: Deps, range: ChargeRange): Promise<PlannedPartition<ChargeRange>> {
  return { plan: range, expected: await count(chargesIn(deps, range)) };
}

async function count(charges: ReturnType<typeof chargesIn>): Promise<number> {
  const { count } = await charges.select(sql<string>`COUNT(*)`.as('count')).executeTakeFirstOrThrow();
  return Number(count);
}
