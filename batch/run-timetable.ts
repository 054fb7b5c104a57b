import { schedule } from 'node-cron';
import type { Deps } from '../src/deps.ts';
import type { LoopHealth } from '../src/metrics/loop-metrics.ts';
import { InterruptiblePause } from './interruptible-pause.ts';
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
  /** The health of each loop is added here, for the metrics. */
  readonly loops?: LoopHealth[];
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
    const pause = new InterruptiblePause();
    const task =
      cron === undefined ? undefined : schedule(cron, () => pause.interrupt(), { name, logger: deps.log });
    const startedMs = performance.now();
    const health = { name, everyMs, startedMs, succeededMs: undefined, failures: 0, tookMs: undefined };
    if (!isWatchedByRuns) loops.push(health);
    const underWay = keepEntry(deps, { entry, pause, stopping: stopping.signal, health, lookEveryMs });
    return { pause, task, underWay };
  });
  return {
    async stop() {
      stopping.abort();
      for (const { pause } of running) pause.interrupt();
      for (const { task } of running) await task?.destroy();
      await Promise.all(running.map(({ underWay }) => underWay));
    },
  };
}
