import type { RunCounts } from './run-counts.rules.ts';

/** Whoever watches a run: a terminal, a log, a test. */
export interface RunProgress {
  /** After every chunk, and when more work was announced. */
  advance(counts: RunCounts): void;
  /** One line of what is going on. */
  report(line: string): void;
}

/** Nobody is watching. */
export const noProgress: RunProgress = { advance: () => {}, report: () => {} };
