import { setTimeout as wait } from 'node:timers/promises';

/** A pause that can end early. */
export class InterruptiblePause {
  readonly #waiting = new Set<AbortController>();

  /** Ends the pause under way. */
  interrupt(): void {
    for (const pause of this.#waiting) pause.abort();
  }

  /** Waits until the next interruption, or for at most `atMostMs`; returns whether it was interrupted. Leaves no timer. */
  async wait(atMostMs: number): Promise<boolean> {
    const pause = new AbortController();
    this.#waiting.add(pause);
    try {
      return await wait(atMostMs, false, { signal: pause.signal }).catch(() => true);
    } finally {
      this.#waiting.delete(pause);
    }
  }
}
