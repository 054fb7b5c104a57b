import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { createHandle } from './create-handle.ts';
import type { Lease } from './lease.ts';
import { LeasedWork, type WorkOptions } from './leased-work.ts';
import type { PartitionState, PartitionStore } from './partition-store.ts';
import { addCounts, type RunCounts } from './run-counts.rules.ts';
import type { JobWork, RunHandle } from './run-handle.ts';
import { noProgress, type RunProgress } from './run-progress.ts';
import { runPartitioned } from './run-partitioned.ts';
import { withLease } from './with-lease.ts';

/** How often to look at partitions that other processes work on. */
const POLL_MS = 500;

export interface RunOptions extends Pick<WorkOptions, 'chunkSize' | 'stopping'> {
  readonly lease: Lease;
  readonly partitions: PartitionStore;
  readonly progress?: RunProgress | undefined;
  readonly pollMs?: number | undefined;
}

/** What a run came to. */
export interface FinishedRun {
  readonly counts: RunCounts;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly attempt: number;
  /** Working time of all attempts. */
  readonly elapsedMs: number;
}

/** A run whose lease this process holds: its own work, and its partitions. Its row counts its own work until it finishes with the whole. */
export class LeasedRun {
  readonly work: LeasedWork;
  readonly partitions: PartitionStore;
  readonly handle: RunHandle;
  readonly pollMs: number;
  readonly #deps: Deps;
  readonly #progress: RunProgress;
  readonly #partitionCounts = new Map<string, RunCounts>();

  constructor(deps: Deps, options: RunOptions) {
    const { lease, partitions, progress = noProgress, pollMs = POLL_MS, chunkSize, stopping } = options;
    this.#deps = deps;
    this.#progress = progress;
    this.partitions = partitions;
    this.pollMs = pollMs;
    this.work = new LeasedWork(deps, lease, {
      chunkSize,
      stopping,
      advance: () => this.#advance(),
      report: (line) => progress.report(line),
    });
    this.handle = createHandle<Pick<RunHandle, 'runPartitioned'>>(this.work, {
      runPartitioned: (step) => runPartitioned(deps, this, step),
    });
  }

  /** Shows what a partition has come to. */
  showPartition(part: string, counts: RunCounts): void {
    this.#partitionCounts.set(part, counts);
    this.#advance();
  }

  /** Reads how the partitions stand, those of other processes included. */
  async refreshPartitions(prefix: string): Promise<readonly PartitionState[]> {
    const states = await this.partitions.list(prefix);
    for (const { part, counts } of states) this.#partitionCounts.set(part, counts);
    if (states.length > 0) this.#advance();
    return states;
  }

  /**
   * Does the work of a job to its end. The row of the finished run has the counters of the run and all its partitions.
   * @throws what the job throws, after the run is marked as failed or, when the process is stopping, given back
   */
  perform(job: JobWork): Promise<FinishedRun> {
    return withLease(this.#deps, this.work, async () => {
      await this.refreshPartitions('');
      const lastFacts = await job(this.#deps, this.handle);
      return inTransaction(this.#deps, (tx) => this.#finish(tx, lastFacts));
    });
  }

  /**
   * Does work of a run whose date has not ended, and gives the run back with the last facts of the job, which it returns: the run can
   * be continued.
   * @throws what the job throws, as `perform` does
   */
  performAhead(job: JobWork): Promise<Readonly<Record<string, unknown>>> {
    return withLease(this.#deps, this.work, async () => {
      const facts = await job(this.#deps, this.handle);
      await this.work.giveBack(facts);
      return facts;
    });
  }

  async #finish(tx: InTransaction<Deps>, lastFacts: Readonly<Record<string, unknown>>): Promise<FinishedRun> {
    const { work } = this;
    await work.lease.lock(tx);
    const states = await this.partitions.list('', tx);
    const open = states.find(({ state }) => state !== 'finished');
    if (open) throw new Error(`partition ${open.part} has not finished`);
    const counts = states.map((partition) => partition.counts).reduce(addCounts, work.counts);
    const facts = { ...work.facts, ...lastFacts };
    await work.finish(tx, counts, facts);
    return { counts, facts, attempt: work.claimed.attempt, elapsedMs: work.elapsedMs };
  }

  #advance(): void {
    this.#progress.advance([...this.#partitionCounts.values()].reduce(addCounts, this.work.counts));
  }
}
