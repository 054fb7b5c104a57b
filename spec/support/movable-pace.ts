import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LivePace } from '../../src/shared/live-pace.ts';

/** Time that passes only when a spec lets it. */
export class MovablePace implements LivePace {
  #nowMs = 0;
  readonly #waiting = new Set<{ readonly atMs: number; readonly work: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(ms: number, work: () => void): () => void {
    const entry = { atMs: this.#nowMs + ms, work };
    this.#waiting.add(entry);
    return () => void this.#waiting.delete(entry);
  }

  /** How many wait to be called. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Lets time pass: calls what is due, and lets what it began take its turn. */
  async advance(ms: number): Promise<void> {
    this.#nowMs += ms;
    for (const entry of [...this.#waiting].filter(({ atMs }) => atMs <= this.#nowMs)) {
      this.#waiting.delete(entry);
      entry.work();
    }
    await nextTurn();
  }
}
