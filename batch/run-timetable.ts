import { schedule } from 'node-cron';
import type { Deps } from '../src/deps.ts';
import type { LoopStanding } from '../src/metrics/loop-metrics.ts';
import { Beat } from './beat.ts';
import { keepEntry } from './keep-entry.ts';
import { createTimetable } from './timetable.ts';
import type { TimetableEntry } from './timetable-entry.ts';

const LOOK_EVERY_MS = 60_000;

/** A timetable that is running. */
export interface RunningTimetable {
  /** Starts no further pass and waits for those under way. */
  stop(): Promise<void>;
}

interface TimetableOptions {
  readonly entries?: readonly TimetableEntry[];
  /** Where the standing of each loop is added, for the metrics. */
  readonly loops?: LoopStanding[];
  /** How often an entry that pauses reads the clock; tests look more often. */
  readonly lookEveryMs?: number;
}

/**
 * Runs every entry of the timetable, each by itself, until it is stopped. Any number of processes may do so: the run
 * table makes the jobs of the nights unique, and the work of the other entries is safe for it.
 */
export function startTimetable(deps: Deps, options: TimetableOptions = {}): RunningTimetable {
  const { entries = createTimetable(), loops = [], lookEveryMs = LOOK_EVERY_MS } = options;
  const stopping = new AbortController();
  const running = entries.map((entry) => {
    const { name, everyMs, cron, isWatchedByRuns } = entry;
    const beat = new Beat();
    const task =
      cron === undefined ? undefined : schedule(cron, () => beat.strike(), { name, logger: deps.log });
    const startedMs = performance.now();
    const standing = { name, everyMs, startedMs, succeededMs: undefined, failures: 0, tookMs: undefined };
    if (!isWatchedByRuns) loops.push(standing);
    const underWay = keepEntry(deps, { entry, beat, stopping: stopping.signal, standing, lookEveryMs });
    return { beat, task, underWay };
  });
  return {
    async stop() {
      stopping.abort();
      for (const { beat } of running) beat.strike();
      for (const { task } of running) await task?.destroy();
      await Promise.all(running.map(({ underWay }) => underWay));
    },
  };
}
