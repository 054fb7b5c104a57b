import { setTimeout as wait } from 'node:timers/promises';

/** A pause that can end early. */
export class Beat {
  #struck = Promise.withResolvers<void>();

  /** Ends the pause under way. */
  strike(): void {
    this.#struck.resolve();
    this.#struck = Promise.withResolvers();
  }

  /** Pauses until the next strike, or for at most so long; returns whether it was struck. */
  async pause(atMostMs: number): Promise<boolean> {
    const over = new AbortController();
    const struck = this.#struck.promise.then(() => true);
    const timeout = wait(atMostMs, false, { signal: over.signal }).catch(() => false);
    try {
      return await Promise.race([struck, timeout]);
    } finally {
      over.abort();
    }
  }
}
