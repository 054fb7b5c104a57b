import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction, type TransactionOptions } from '../../src/database/transaction.ts';
import type { Deps } from '../../src/deps.ts';
import type { ChunkOutcome, JobWork, RunHandle } from '../../src/runs/run-handle.ts';
import { handledOf } from '../../src/runs/run-counts.rules.ts';
import { shareAlone } from './share-alone.ts';

/** What a job did in a run that keeps its counters in memory. */
export interface FakeRun {
  readonly counts: { expected: number; done: number; skipped: number; parked: number };
  readonly facts: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly parked: readonly { subject: string; reason: string }[];
}

interface FakeRunOptions {
  readonly job: string;
  readonly businessDate: string;
  readonly chunkSize?: number;
  /** Called before each chunk, with its number from 1; throw to cut the run off there. */
  readonly beforeChunk?: (chunk: number) => void;
}

/** Runs a job without run rows or leases: for tests of what the job itself does. */
export async function fakeRun(deps: Deps, work: JobWork, options: FakeRunOptions): Promise<FakeRun> {
  const { job, businessDate, chunkSize, beforeChunk } = options;
  const counts = { expected: 0, done: 0, skipped: 0, parked: 0 };
  const lines: string[] = [];
  const parked: { subject: string; reason: string }[] = [];
  let facts: Record<string, unknown> = {};
  let chunks = 0;
  const run: RunHandle = {
    job,
    businessDate,
    chunkSize,
    get facts() {
      return facts;
    },
    get remaining() {
      return counts.expected - handledOf(counts);
    },
    announce: (count) => void (counts.expected += count),
    runPartitioned: (step) => shareAlone(deps, run, step),
    report: (line) => void lines.push(line),
    async inChunk<O extends ChunkOutcome>(
      chunk: Parameters<RunHandle['inChunk']>[0],
      options?: TransactionOptions,
    ) {
      chunks += 1;
      beforeChunk?.(chunks);
      const outcome = (await inTransaction(deps, chunk, options)) as O;
      counts.done += outcome.done ?? 0;
      counts.skipped += outcome.skipped ?? 0;
      counts.parked += outcome.parked ?? 0;
      facts = { ...facts, ...outcome.facts };
      return outcome;
    },
    async park(tx, { subject, reason }) {
      parked.push({ subject, reason });
      const kept = reason.slice(0, 300);
      const row = { job, businessDate, subject, reason: kept, createdAt: tx.clock.now() };
      await sqlOf(tx.em).insertInto('parked').ignore().values(row).execute();
    },
  };
  facts = { ...facts, ...(await work(deps, run)) };
  return { counts, facts, lines, parked };
}
