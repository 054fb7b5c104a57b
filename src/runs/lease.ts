import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { RunKey } from './run.queries.ts';

/** What the row of a run keeps as JSON: facts of the job, and the working time of all attempts. */
export interface Manifest {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly elapsedMs: number;
  /** What the job printed about its work, the newest last. */
  readonly lines?: readonly string[];
  /** Of a partition: its plan. */
  readonly plan?: unknown;
  /** Of a partition: the process that worked on it last. Stays after the partition has finished. */
  readonly by?: string;
}

/** The subject of a lease, a run or one partition of it, as earlier attempts have left it. */
export interface Claimed extends RunKey {
  /** Name of the partition; '' is the run itself. */
  readonly part: string;
  readonly attempt: number;
  readonly counts: RunCounts;
  readonly manifest: Manifest;
}

/** The progress of an attempt, written together with each chunk. */
export interface Progress {
  readonly counts: RunCounts;
  readonly manifest: Manifest;
}

/** How an attempt ends. Without a state the work has neither finished nor failed: it is given back, and the next process continues it. */
export interface Ending extends Partial<Progress> {
  readonly state?: 'finished' | 'failed';
  readonly finishedAt?: Date;
  readonly error?: string;
}

/**
 * The right of this process to work on a run or a partition. It expires unless it is renewed; another process may then
 * take it, and every method here throws LeaseLost. Writes are fenced: a process that has lost its lease commits nothing.
 */
export interface Lease {
  readonly claimed: Claimed;
  /** Locks the lease until the transaction ends, so that no other process takes it meanwhile. */
  lock(tx: InTransaction<Deps>): Promise<void>;
  /** Renews the lease; with progress, in the transaction of the chunk that made it. */
  renew(progress?: Progress, tx?: InTransaction<Deps>): Promise<void>;
  /** Ends the attempt and the lease. */
  release(ending: Ending, tx?: InTransaction<Deps>): Promise<void>;
}
