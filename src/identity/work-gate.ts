import { systemTimers, type Timers } from '../radius/timers.ts';

/** How many tasks run at once, how many may wait, and for how long. */
interface GateBounds {
  readonly maxRunning: number;
  readonly maxWaiting: number;
  /** A task that waits longer is refused; unlimited by default. */
  readonly maxWaitMs?: number;
  readonly timers?: Timers;
}

interface Waiting {
  readonly enter: () => void;
}

/** Runs a bounded number of tasks at once and lets a bounded number wait; refuses further ones. */
export class WorkGate {
  readonly #bounds: GateBounds;
  readonly #timers: Timers;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
    this.#timers = bounds.timers ?? systemTimers;
  }

  /** Runs the work when a place is free, in order of arrival. `turnAway` creates the error for a refused task. */
  async run<T>(work: () => Promise<T>, turnAway: () => Error): Promise<T> {
    if (this.#running < this.#bounds.maxRunning) this.#running += 1;
    else await this.#wait(turnAway);
    try {
      return await work();
    } finally {
      // The task that ends hands its place to the next, so that no other can take it in between.
      const [next] = this.#waiting;
      if (next) next.enter();
      else this.#running -= 1;
    }
  }

  async #wait(turnAway: () => Error): Promise<void> {
    const { maxWaiting, maxWaitMs } = this.#bounds;
    if (this.#waiting.size >= maxWaiting) throw turnAway();
    await new Promise<void>((resolve, reject) => {
      let callOff: (() => void) | undefined;
      const waiting: Waiting = {
        enter: () => {
          callOff?.();
          this.#waiting.delete(waiting);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      if (maxWaitMs === undefined) return;
      callOff = this.#timers.after(maxWaitMs, () => {
        this.#waiting.delete(waiting);
        reject(turnAway());
      });
    });
  }
}
