import type { RunHandle } from '../../src/runs/run-handle.ts';

/** The handle of a run as plain functions, so that a test can put others in their place. */
export const handleOf = (run: RunHandle): RunHandle => ({
  job: run.job,
  businessDate: run.businessDate,
  chunkSize: run.chunkSize,
  facts: run.facts,
  remaining: run.remaining,
  announce: (count) => run.announce(count),
  inChunk: (work, options) => run.inChunk(work, options),
  park: (tx, parked) => run.park(tx, parked),
  report: (line) => run.report(line),
  runPartitioned: (step) => run.runPartitioned(step),
});
