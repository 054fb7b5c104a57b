import type { InTransaction, TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { FinishedPartition, PartitionedStep } from './partition-handle.ts';

/** What one chunk did. Counts are of whatever the job counts: lines, charges, periods, companies. */
export interface ChunkOutcome {
  readonly done?: number;
  /** Examined and rightly left as it is, e.g. a free month. */
  readonly skipped?: number;
  /** Set aside with `park`. */
  readonly parked?: number;
  /** Merged into the manifest with this chunk: cursors and job specific figures. JSON; amounts as text. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Something a run could not process: its name (at most 64 ASCII characters) and the reason, for a person (300 characters are kept). */
export interface ParkedSubject {
  readonly subject: string;
  readonly reason: string;
}

/**
 * What a job sees of its work, a run or one partition of a run. Everything it writes goes through `inChunk`, so that
 * each step is committed together with the counters, and a process that has lost its lease writes nothing.
 * A handle is a plain object of functions and getters.
 */
export interface WorkHandle {
  readonly job: string;
  /** The business date that has ended, `YYYY-MM-DD`. */
  readonly businessDate: string;
  /** Most rows in a chunk, if the run was started with a limit. */
  readonly chunkSize: number | undefined;
  /** Facts of the chunks committed so far, including those of earlier attempts. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** How much of what was announced is neither done nor skipped nor parked; below 0 when more was found. A partition has its own. */
  readonly remaining: number;
  /** Announces work to do, in addition to what was announced before. */
  announce(count: number): void;
  /**
   * Runs `work` in one transaction together with the counters, and commits. `work` may run more than once (after a
   * deadlock), so its effects have to stay inside `tx`.
   * @throws LeaseLost when another process has taken the work over; Stopped when this process is stopping
   */
  inChunk<O extends ChunkOutcome>(
    work: (tx: InTransaction<Deps>) => Promise<O>,
    options?: TransactionOptions,
  ): Promise<O>;
  /** Lists a subject as parked, inside a chunk whose outcome counts it; the others are not held up. */
  park(tx: InTransaction<Deps>, parked: ParkedSubject): Promise<void>;
  /** Prints one line about what the work is doing. */
  report(line: string): void;
}

/**
 * What a job sees of its run. An interrupted run is continued with the counters and facts of its committed chunks, so a
 * job looks for what is **not yet done** and announces only that.
 */
export interface RunHandle extends WorkHandle {
  /**
   * Runs a step in partitions, which all processes of this night work on; returns them in the order of the plan once
   * all have finished. The plan of an earlier attempt is used again, and only what it left is done. The run's counters
   * include those of its partitions.
   * @throws PartitionsFailed when some failed; the others were done, and the next attempt does the failed ones again.
   */
  runPartitioned<Plan>(step: PartitionedStep<Plan>): Promise<readonly FinishedPartition<Plan>[]>;
}

/** The work of a job: done through the handle of the run; returns the last facts for the manifest. */
export type JobWork = (deps: Deps, run: RunHandle) => Promise<Readonly<Record<string, unknown>>>;
