import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClaimedRun } from './claim-run.ts';
import { reasonOf } from '../shared/reason.ts';
import { addOutcome, assertCount, type RunCounts } from './run-counts.rules.ts';
import type { ChunkOutcome, ParkedSubject, RunHandle } from './run-handle.ts';
import { RunLease } from './run-lease.ts';
import type { RunProgress } from './run-progress.ts';

/** Characters of a reason that the table keeps. */
const MAX_REASON = 300;

interface HeldRunOptions {
  readonly claimed: ClaimedRun;
  readonly chunkSize: number | undefined;
  readonly progress: RunProgress;
}

/** A run this process holds: the handle its job works through, and the writes of the lease around it. */
export class HeldRun implements RunHandle {
  readonly job: string;
  readonly businessDate: string;
  readonly chunkSize: number | undefined;
  readonly #deps: Deps;
  readonly #claimed: ClaimedRun;
  readonly #progress: RunProgress;
  readonly #lease: RunLease;
  readonly #startedMs = performance.now();
  #counts: RunCounts;
  #facts: Readonly<Record<string, unknown>>;
  #inChunk = false;

  constructor(deps: Deps, { claimed, chunkSize, progress }: HeldRunOptions) {
    this.job = claimed.job;
    this.businessDate = claimed.businessDate;
    this.chunkSize = chunkSize;
    this.#deps = deps;
    this.#claimed = claimed;
    this.#progress = progress;
    this.#lease = new RunLease(deps, claimed);
    this.#counts = claimed.counts;
    this.#facts = claimed.manifest.facts;
  }

  get facts(): Readonly<Record<string, unknown>> {
    return this.#facts;
  }

  get counts(): RunCounts {
    return this.#counts;
  }

  /** Working time so far, that of earlier attempts included. */
  get elapsedMs(): number {
    return Math.round(this.#claimed.manifest.elapsedMs + performance.now() - this.#startedMs);
  }

  expect(count: number): void {
    assertCount(count);
    this.#counts = { ...this.#counts, expected: this.#counts.expected + count };
    this.#progress.advance(this.#counts);
  }

  say(line: string): void {
    this.#progress.say(line);
  }

  async inChunk<O extends ChunkOutcome>(
    work: (tx: InTransaction<Deps>) => Promise<O>,
    options: TransactionOptions = {},
  ): Promise<O> {
    if (this.#inChunk) throw new Error('the chunks of a run go one after another');
    this.#inChunk = true;
    try {
      const outcome = await inTransaction(this.#deps, (tx) => this.#fencedChunk(tx, work), options);
      this.#counts = addOutcome(this.#counts, outcome);
      this.#facts = { ...this.#facts, ...outcome.facts };
      this.#progress.advance(this.#counts);
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

  /** Keeps the lease while the job is busy outside chunks; inside one the chunk itself renews it. */
  async renewLease(): Promise<void> {
    if (this.#inChunk) return;
    await this.#lease.write({});
  }

  /** Ends the run well, with its manifest, which has to balance. */
  async finish(lastFacts: Readonly<Record<string, unknown>>): Promise<void> {
    const { expected, done, skipped, parked } = this.#counts;
    if (expected !== done + skipped + parked) {
      throw new Error(`expected ${expected}, but did ${done}, skipped ${skipped} and parked ${parked}`);
    }
    this.#facts = { ...this.#facts, ...lastFacts };
    await this.#end({ state: 'finished', finishedAt: this.#deps.clock.now() });
  }

  /** Ends the attempt; the run can be taken up again at once. */
  async fail(error: unknown): Promise<void> {
    await this.#end({ state: 'failed', error: reasonOf(error).slice(0, 500) });
  }

  async #end(columns: { state: 'finished' | 'failed'; finishedAt?: Date; error?: string }): Promise<void> {
    const written = { ...columns, ...this.#columns(this.#counts, this.#facts) };
    await this.#lease.write({ ...written, heldBy: null, leaseToken: null, leaseUntil: null });
  }

  async #fencedChunk<O extends ChunkOutcome>(
    tx: InTransaction<Deps>,
    work: (tx: InTransaction<Deps>) => Promise<O>,
  ): Promise<O> {
    await this.#lease.lock(tx);
    const outcome = await work(tx);
    const columns = this.#columns(addOutcome(this.#counts, outcome), { ...this.#facts, ...outcome.facts });
    await this.#lease.write(columns, tx);
    return outcome;
  }

  #columns(counts: RunCounts, facts: Readonly<Record<string, unknown>>) {
    return {
      expected: BigInt(counts.expected),
      done: BigInt(counts.done),
      skipped: BigInt(counts.skipped),
      parked: BigInt(counts.parked),
      manifest: { facts, elapsedMs: this.elapsedMs } as Record<string, unknown>,
    };
  }
}
