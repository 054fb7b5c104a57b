import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { reasonOf } from '../shared/reason.ts';
import { addOutcome, assertCount, handledOf, type RunCounts } from './run-counts.rules.ts';
import type { ChunkOutcome, ParkedSubject, WorkHandle } from './run-handle.ts';
import { RunLease } from './run-lease.ts';
import type { RunProgress } from './run-progress.ts';
import type { Claimed } from './take-lease.ts';
import { Stopped } from './work-interrupted.ts';

/** Characters of a reason that the table keeps. */
const MAX_REASON = 300;

export interface LeasedWorkOptions {
  readonly claimed: Claimed;
  readonly chunkSize: number | undefined;
  readonly progress: RunProgress;
  /** Asked before each chunk. */
  readonly stopping?: (() => boolean) | undefined;
}

/** What this process holds, a run or a part of one: the handle of whoever works, and the writes of the lease around it. */
export class LeasedWork implements WorkHandle {
  readonly job: string;
  readonly businessDate: string;
  readonly part: string;
  readonly chunkSize: number | undefined;
  readonly stopping: () => boolean;
  protected readonly deps: Deps;
  protected readonly lease: RunLease;
  protected readonly progress: RunProgress;
  readonly #claimed: Claimed;
  readonly #startedMs = performance.now();
  #counts: RunCounts;
  #facts: Readonly<Record<string, unknown>>;
  #inChunk = false;

  constructor(deps: Deps, { claimed, chunkSize, progress, stopping = () => false }: LeasedWorkOptions) {
    this.job = claimed.job;
    this.businessDate = claimed.businessDate;
    this.part = claimed.part;
    this.chunkSize = chunkSize;
    this.deps = deps;
    this.lease = new RunLease(deps, claimed);
    this.progress = progress;
    this.stopping = stopping;
    this.#claimed = claimed;
    this.#counts = claimed.counts;
    this.#facts = claimed.manifest.facts;
  }

  get facts(): Readonly<Record<string, unknown>> {
    return this.#facts;
  }

  /** The figures of the row: those of a run without its parts. */
  get ownCounts(): RunCounts {
    return this.#counts;
  }

  /** The figures to show. */
  get counts(): RunCounts {
    return this.#counts;
  }

  get remaining(): number {
    return this.#counts.expected - handledOf(this.#counts);
  }

  /** Working time so far, that of earlier attempts included. */
  get elapsedMs(): number {
    return Math.round(this.#claimed.manifest.elapsedMs + performance.now() - this.#startedMs);
  }

  announce(count: number): void {
    assertCount(count);
    this.#counts = { ...this.#counts, expected: this.#counts.expected + count };
    this.progress.advance(this.counts);
  }

  report(line: string): void {
    this.progress.report(line);
  }

  async inChunk<O extends ChunkOutcome>(
    work: (tx: InTransaction<Deps>) => Promise<O>,
    options: TransactionOptions = {},
  ): Promise<O> {
    this.throwIfStopping();
    if (this.#inChunk) throw new Error('the chunks of a run go one after another');
    this.#inChunk = true;
    try {
      const outcome = await inTransaction(this.deps, (tx) => this.#fencedChunk(tx, work), options);
      this.#counts = addOutcome(this.#counts, outcome);
      this.#facts = { ...this.#facts, ...outcome.facts };
      this.progress.advance(this.counts);
      return outcome;
    } finally {
      this.#inChunk = false;
    }
  }

  async park(tx: InTransaction<Deps>, { subject, reason: whole }: ParkedSubject): Promise<void> {
    const { job, businessDate } = this;
    const reason = whole.slice(0, MAX_REASON);
    await sqlOf(tx.em)
      .insertInto('parked')
      .values({ job, businessDate, subject, reason, createdAt: tx.clock.now() })
      .onDuplicateKeyUpdate({ reason })
      .execute();
  }

  /** @throws Stopped when this process is to end. */
  throwIfStopping(): void {
    if (this.stopping()) throw new Stopped(`${this.job} for ${this.businessDate} stops after its chunk`);
  }

  /** Keeps the lease while work goes on outside chunks; inside one the chunk itself renews it. */
  async renewLease(): Promise<void> {
    if (this.#inChunk) return;
    await this.lease.write({});
  }

  /** Ends the attempt; the work can be taken up again. One that was stopped has not failed: it is given back. */
  async fail(error: unknown): Promise<void> {
    if (error instanceof Stopped) return await this.lease.release({});
    const written = this.#columns(this.#counts, this.#facts);
    await this.lease.release({ ...written, state: 'failed', error: reasonOf(error).slice(0, 500) });
  }

  /** Ends the work well with its last figures and facts, in a transaction that knows the lease to hold. */
  protected async end(tx: InTransaction<Deps>, counts: RunCounts, facts = this.#facts): Promise<void> {
    const finishedAt = this.deps.clock.now();
    await this.lease.release({ ...this.#columns(counts, facts), state: 'finished', finishedAt }, tx);
  }

  async #fencedChunk<O extends ChunkOutcome>(
    tx: InTransaction<Deps>,
    work: (tx: InTransaction<Deps>) => Promise<O>,
  ): Promise<O> {
    await this.lease.lock(tx);
    const outcome = await work(tx);
    const columns = this.#columns(addOutcome(this.#counts, outcome), { ...this.#facts, ...outcome.facts });
    await this.lease.write(columns, tx);
    return outcome;
  }

  #columns(counts: RunCounts, facts: Readonly<Record<string, unknown>>) {
    const manifest = { ...this.#claimed.manifest, facts, elapsedMs: this.elapsedMs };
    return {
      expected: BigInt(counts.expected),
      done: BigInt(counts.done),
      skipped: BigInt(counts.skipped),
      parked: BigInt(counts.parked),
      manifest: manifest as Record<string, unknown>,
    };
  }
}
