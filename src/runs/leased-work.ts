import { inTransaction, type InTransaction, type TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { reasonOf } from '../shared/reason.ts';
import type { Claimed, Lease, Progress } from './lease.ts';
import { addOutcome, assertBalanced, assertCount, type RunCounts } from './run-counts.rules.ts';
import type { ChunkOutcome } from './run-handle.ts';
import { Stopped } from './work-interrupted.ts';

const MAX_ERROR = 500;
/** Lines about its work that a row keeps, the newest, and characters of each. */
const MAX_LINES = 40;
const MAX_LINE = 200;

export interface WorkOptions {
  readonly chunkSize?: number | undefined;
  /** Called after each chunk and announcement, with the counts of this work. */
  readonly advance?: (counts: RunCounts) => void;
  readonly report?: ((line: string) => void) | undefined;
  /** Asked before each chunk. */
  readonly stopping?: (() => boolean) | undefined;
  /** Errors after which the work has not failed and another process should continue it. */
  readonly isInterruption?: (error: unknown, attempt: number) => boolean;
}

/** The bookkeeping of work under a lease: counters and facts, committed with each chunk. A run and a partition each have one. */
export class LeasedWork {
  readonly lease: Lease;
  readonly options: WorkOptions;
  readonly #deps: Deps;
  readonly #startedMs = performance.now();
  #counts: RunCounts;
  #facts: Readonly<Record<string, unknown>>;
  #lines: readonly string[];
  #inChunk = false;

  constructor(deps: Deps, lease: Lease, options: WorkOptions) {
    this.#deps = deps;
    this.lease = lease;
    this.options = options;
    this.#counts = lease.claimed.counts;
    this.#facts = lease.claimed.manifest.facts;
    this.#lines = lease.claimed.manifest.lines ?? [];
  }

  get claimed(): Claimed {
    return this.lease.claimed;
  }

  get counts(): RunCounts {
    return this.#counts;
  }

  get facts(): Readonly<Record<string, unknown>> {
    return this.#facts;
  }

  /** Working time of all attempts. */
  get elapsedMs(): number {
    return Math.round(this.claimed.manifest.elapsedMs + performance.now() - this.#startedMs);
  }

  announce(count: number): void {
    assertCount(count);
    this.#counts = { ...this.#counts, expected: this.#counts.expected + count };
    this.options.advance?.(this.#counts);
  }

  /** Prints one line about what the work is doing, and keeps it with the next chunk. */
  report(line: string): void {
    this.#lines = [...this.#lines, line.trim().slice(0, MAX_LINE)].slice(-MAX_LINES);
    this.options.report?.(line);
  }

  async inChunk<O extends ChunkOutcome>(
    work: (tx: InTransaction<Deps>) => Promise<O>,
    transaction: TransactionOptions = {},
  ): Promise<O> {
    this.throwIfStopping();
    if (this.#inChunk) throw new Error('a chunk of this work is already running');
    this.#inChunk = true;
    try {
      const outcome = await inTransaction(this.#deps, (tx) => this.#fencedChunk(tx, work), transaction);
      this.#counts = addOutcome(this.#counts, outcome);
      this.#facts = { ...this.#facts, ...outcome.facts };
      this.options.advance?.(this.#counts);
      return outcome;
    } finally {
      this.#inChunk = false;
    }
  }

  /** @throws Stopped when this process is to end. */
  throwIfStopping(): void {
    const { job, businessDate } = this.claimed;
    if (this.options.stopping?.()) throw new Stopped(`${job} for ${businessDate} stops after its chunk`);
  }

  /** Renews the lease between chunks; a chunk renews it itself. */
  async renewLease(): Promise<void> {
    if (!this.#inChunk) await this.lease.renew();
  }

  /** Ends the work as finished. Counters and facts are its own; for a run, those of its partitions are added. They have to balance. */
  async finish(tx: InTransaction<Deps>, counts = this.#counts, facts = this.#facts): Promise<void> {
    assertBalanced(counts);
    const finishedAt = this.#deps.clock.now();
    await this.lease.release({ ...this.#progress(counts, facts), state: 'finished', finishedAt }, tx);
  }

  /** Ends the attempt with its counters and last facts: the work is neither finished nor failed. */
  async giveBack(lastFacts: Readonly<Record<string, unknown>>): Promise<void> {
    await this.lease.release(this.#progress(this.#counts, { ...this.#facts, ...lastFacts }));
  }

  /** Ends the attempt after an error. The work can be continued: at once after an interruption, else by the next attempt. */
  async fail(error: unknown): Promise<void> {
    const { isInterruption = () => false } = this.options;
    if (error instanceof Stopped || isInterruption(error, this.claimed.attempt)) {
      return await this.lease.release({});
    }
    const progress = this.#progress(this.#counts, this.#facts);
    await this.lease.release({ ...progress, state: 'failed', error: reasonOf(error).slice(0, MAX_ERROR) });
  }

  async #fencedChunk<O extends ChunkOutcome>(
    tx: InTransaction<Deps>,
    work: (tx: InTransaction<Deps>) => Promise<O>,
  ): Promise<O> {
    await this.lease.lock(tx);
    const outcome = await work(tx);
    const facts = { ...this.#facts, ...outcome.facts };
    await this.lease.renew(this.#progress(addOutcome(this.#counts, outcome), facts), tx);
    return outcome;
  }

  #progress(counts: RunCounts, facts: Readonly<Record<string, unknown>>): Progress {
    const lines = this.#lines.length > 0 ? { lines: this.#lines } : {};
    return { counts, manifest: { ...this.claimed.manifest, facts, elapsedMs: this.elapsedMs, ...lines } };
  }
}
