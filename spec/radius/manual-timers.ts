import type { Timers } from '../../src/radius/timers.ts';

interface Alarm {
  readonly atMs: number;
  readonly run: () => void;
}

/** Time that advances only when a test advances it. */
export class ManualTimers implements Timers {
  #nowMs = 0;
  readonly #alarms = new Set<Alarm>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, run: () => void): () => void {
    const alarm = { atMs: this.#nowMs + delayMs, run };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#alarms.size;
  }

  /** Advances time, fires each timer at its own instant, and lets the promises that depend on it settle. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      this.#alarms.delete(next);
      this.#nowMs = next.atMs;
      next.run();
      await new Promise((resolve) => void setImmediate(resolve));
    }
    this.#nowMs = untilMs;
  }

  #next(untilMs: number): Alarm | undefined {
    const due = [...this.#alarms].filter((alarm) => alarm.atMs <= untilMs);
    return due.toSorted((one, other) => one.atMs - other.atMs)[0];
  }
}
