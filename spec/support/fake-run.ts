import type { Deps } from '../../src/deps.ts';
import { LeasedRun } from '../../src/runs/leased-run.ts';
import type { RunCounts } from '../../src/runs/run-counts.rules.ts';
import type { JobWork, ParkedSubject } from '../../src/runs/run-handle.ts';
import { listParked, type RunKey } from '../../src/runs/run.queries.ts';
import { MemoryRun } from './memory-run.ts';
import { hookRun } from './override-handle.ts';

/** The result of a run. */
export interface FakeRun {
  readonly counts: RunCounts;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Number of chunks that the job ran. */
  readonly chunks: number;
  readonly lines: readonly string[];
  /** In the order of the subjects. */
  readonly parked: readonly ParkedSubject[];
}

interface FakeRunOptions extends RunKey {
  readonly chunkSize?: number | undefined;
  /** Called before each chunk, with its number from 1; throw to interrupt the run there. */
  readonly beforeChunk?: (chunk: number) => void;
}

/**
 * The run of the service over a lease in memory: counters, balance, parking and partitions are the real ones, on the
 * real database. Unlike a run in the table it can be repeated for a business date, and run for one that has not
 * ended. Its partitions run one after another.
 */
export async function fakeRun(deps: Deps, work: JobWork, options: FakeRunOptions): Promise<FakeRun> {
  const { job, businessDate, chunkSize, beforeChunk } = options;
  const key = { job, businessDate };
  const lines: string[] = [];
  const alone: Deps = { ...deps, config: { ...deps.config, batchWorkers: 1 } };
  const { lease, partitions } = new MemoryRun(key);
  const progress = { advance: () => {}, report: (line: string) => void lines.push(line) };
  const run = new LeasedRun(alone, { lease, partitions, chunkSize, progress, pollMs: 1 });
  const subjects = new Set<string>();
  let chunks = 0;
  const hooks = {
    beforeChunk: () => {
      chunks += 1;
      beforeChunk?.(chunks);
    },
    onPark: (subject: string) => void subjects.add(subject),
  };
  const { counts, facts } = await run.perform((_alone, handle) => work(deps, hookRun(handle, hooks)));
  // What an earlier run for the same business date parked is listed too.
  const listed = await listParked(deps, key, 1_000);
  const parked = listed.filter(({ subject }) => subjects.has(subject));
  return { counts, facts, lines, chunks, parked };
}
