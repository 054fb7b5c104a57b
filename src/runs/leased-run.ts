import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { LeasedWork, type LeasedWorkOptions } from './leased-work.ts';
import type { FinishedPartition, PartitionedStep } from './partition-handle.ts';
import { listPartitions, type PartitionsOf } from './partition.queries.ts';
import { addCounts, assertBalanced, type RunCounts } from './run-counts.rules.ts';
import type { RunHandle } from './run-handle.ts';
import { runPartitioned } from './run-partitioned.ts';
import { countsOf } from './take-lease.ts';

interface LeasedRunOptions extends LeasedWorkOptions {
  /** How often to look at parts that others work on. */
  readonly pollMs: number;
}

/** A run this process holds. What its row counts is what the run did itself, until it ends with the whole. */
export class LeasedRun extends LeasedWork implements RunHandle {
  readonly pollMs: number;
  #facts: Readonly<Record<string, unknown>> | undefined;
  #whole: RunCounts | undefined;
  readonly #parts = new Map<string, RunCounts>();

  constructor(deps: Deps, { pollMs, ...options }: LeasedRunOptions) {
    super(deps, options);
    this.pollMs = pollMs;
  }

  override get facts(): Readonly<Record<string, unknown>> {
    return this.#facts ?? super.facts;
  }

  /** The figures of the run and all its parts, as far as they are known here. */
  override get counts(): RunCounts {
    return this.#whole ?? [...this.#parts.values()].reduce(addCounts, this.ownCounts);
  }

  runPartitioned<Plan>(step: PartitionedStep<Plan>): Promise<readonly FinishedPartition<Plan>[]> {
    return runPartitioned(this.deps, this, step);
  }

  /** What a part has come to, for whoever watches the run. */
  showPartition(part: string, counts: RunCounts): void {
    this.#parts.set(part, counts);
    this.progress.advance(this.counts);
  }

  /** Reads how parts stand, those that others work on included. */
  async refreshPartitions(prefix = '') {
    const parts = await listPartitions(this.deps, this.#partsOf(prefix));
    for (const part of parts) this.#parts.set(part.part, countsOf(part));
    if (parts.length > 0) this.progress.advance(this.counts);
    return parts;
  }

  /** Ends the run well, with its manifest and that of its parts in one; it has to balance. */
  async finish(lastFacts: Readonly<Record<string, unknown>>): Promise<void> {
    const facts = { ...this.facts, ...lastFacts };
    this.#whole = await inTransaction(this.deps, async (tx) => {
      await this.lease.lock(tx);
      const parts = await listPartitions(tx, this.#partsOf(''));
      const left = parts.find(({ state }) => state !== 'finished');
      if (left) throw new Error(`partition ${left.part} has not finished`);
      const whole = parts.map(countsOf).reduce(addCounts, this.ownCounts);
      assertBalanced(whole);
      await this.end(tx, whole, facts);
      return whole;
    });
    this.#facts = facts;
  }

  #partsOf(prefix: string): PartitionsOf {
    return { job: this.job, businessDate: this.businessDate, prefix };
  }
}
