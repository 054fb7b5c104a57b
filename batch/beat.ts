import { setTimeout as wait } from 'node:timers/promises';

/** A pause that can end early. */
export class Beat {
  readonly #pauses = new Set<AbortController>();

  /** Ends the pause under way. */
  strike(): void {
    for (const pause of this.#pauses) pause.abort();
  }

  /** Pauses until the next strike, or for at most so long; returns whether it was struck. Nothing is left of it afterwards. */
  async pause(atMostMs: number): Promise<boolean> {
    const pause = new AbortController();
    this.#pauses.add(pause);
    try {
      return await wait(atMostMs, false, { signal: pause.signal }).catch(() => true);
    } finally {
      this.#pauses.delete(pause);
    }
  }
}
