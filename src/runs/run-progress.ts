import type { RunCounts } from './run-counts.rules.ts';

/** Where the progress of a run is shown: a terminal, a log, a test. */
export interface RunProgress {
  /** Called after each chunk and announcement, with the counters of the run and its partitions. */
  advance(counts: RunCounts): void;
  /** Prints one line about what the run is doing. */
  report(line: string): void;
}

/** Shows nothing. */
export const noProgress: RunProgress = { advance: () => {}, report: () => {} };
