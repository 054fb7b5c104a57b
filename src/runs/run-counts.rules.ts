import type { ChunkOutcome } from './run-handle.ts';

/** The counters of a run. Those of a finished one balance: expected = done + skipped + parked. */
export interface RunCounts {
  readonly expected: number;
  readonly done: number;
  readonly skipped: number;
  readonly parked: number;
}

/** How much of what was announced is done, skipped or parked. */
export function handledOf(counts: RunCounts): number {
  return counts.done + counts.skipped + counts.parked;
}

/** The counts after a chunk. Throws RangeError for a count that is not a whole number from 0. */
export function addOutcome(
  counts: RunCounts,
  { done = 0, skipped = 0, parked = 0 }: ChunkOutcome,
): RunCounts {
  for (const count of [done, skipped, parked]) assertCount(count);
  return {
    expected: counts.expected,
    done: counts.done + done,
    skipped: counts.skipped + skipped,
    parked: counts.parked + parked,
  };
}

/** Throws RangeError unless a count is a whole number from 0. */
export function assertCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`);
}

/** The counters of a run and a partition together. */
export function addCounts(a: RunCounts, b: RunCounts): RunCounts {
  return {
    expected: a.expected + b.expected,
    done: a.done + b.done,
    skipped: a.skipped + b.skipped,
    parked: a.parked + b.parked,
  };
}

/** Throws unless everything that was announced is done, skipped or parked, and nothing else. */
export function assertBalanced({ expected, done, skipped, parked }: RunCounts): void {
  if (expected !== done + skipped + parked)
    throw new Error(`expected ${expected}, but did ${done}, skipped ${skipped} and parked ${parked}`);
}
