import type { InTransaction, TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { FinishedPartition, PartitionedStep } from './partition-handle.ts';

/** What one chunk did. Counts are of whatever the job counts: lines, charges, periods, companies. */
export interface ChunkOutcome {
  readonly done?: number;
  /** Looked at and rightly left alone, e.g. a month that is free. */
  readonly skipped?: number;
  /** Set aside with `park`. */
  readonly parked?: number;
  /** Merged into the manifest with this chunk: cursors and job specific figures. JSON; amounts as text. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Something a run could not process: which one (at most 64 ASCII characters) and why, for a person (300 are kept). */
export interface ParkedSubject {
  readonly subject: string;
  readonly reason: string;
}

/**
 * The view that whoever works has of what it holds: a run, or one part of a run. Everything it writes goes through
 * `inChunk`, so that each step is committed together with the counters and a process that lost its lease cannot
 * write any more.
 */
export interface WorkHandle {
  readonly job: string;
  /** The business date that has ended, `YYYY-MM-DD`. */
  readonly businessDate: string;
  /** How many rows a chunk may touch, when whoever started the run said so. */
  readonly chunkSize: number | undefined;
  /** Facts of the chunks committed so far, those of earlier attempts included. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What was expected here and is neither done nor skipped nor parked; below 0 when more was found. Parts have their own. */
  readonly remaining: number;
  /** Announces work still to do, on top of what was announced or done before. */
  announce(count: number): void;
  /**
   * Runs `work` in one transaction together with the run's counters, and commits. `work` may run more than
   * once (deadlocks are tried again), so its effects stay inside `tx`. Throws LeaseLost when another process
   * has taken over what this one held.
   */
  inChunk<O extends ChunkOutcome>(
    work: (tx: InTransaction<Deps>) => Promise<O>,
    options?: TransactionOptions,
  ): Promise<O>;
  /** Sets a subject aside, inside a chunk whose outcome counts it as `parked`; it is listed and never stops the others. */
  park(tx: InTransaction<Deps>, parked: ParkedSubject): Promise<void>;
  /** Tells whoever watches what is going on, in one line. */
  report(line: string): void;
}

/**
 * A job's view of its own run. A run that was cut off is carried on: counters and facts of the committed chunks
 * are still there, so a job looks for what is **not yet done** and announces only that.
 */
export interface RunHandle extends WorkHandle {
  /**
   * Cuts a step of the job into parts, on which every process that runs this night works, and returns them once
   * all have finished, in their order. The cut of an earlier attempt is found again, and only what it left is
   * done. Everything that parts count is in the figures of the run.
   * @throws PartitionsFailed when parts failed; the others were done, and the next attempt does the failed ones again.
   */
  runPartitioned<Plan>(step: PartitionedStep<Plan>): Promise<readonly FinishedPartition<Plan>[]>;
}

/** What a job is: does its work through the run and returns its last facts for the manifest. */
export type JobWork = (deps: Deps, run: RunHandle) => Promise<Readonly<Record<string, unknown>>>;
