import { systemTimers, type Timers } from '../radius/timers.ts';

/** How much is done at once, how much may wait, and for how long. */
interface GateBounds {
  readonly maxRunning: number;
  readonly maxWaiting: number;
  /** What has waited so long is turned away; without end when left out. */
  readonly maxWaitMs?: number;
  readonly timers?: Timers;
}

interface Waiting {
  readonly enter: () => void;
}

/** Lets a bounded number of pieces of work run at once and a bounded number wait; whoever comes then is turned away. */
export class WorkGate {
  readonly #bounds: GateBounds;
  readonly #timers: Timers;
  readonly #waiting = new Set<Waiting>();
  #running = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
    this.#timers = bounds.timers ?? systemTimers;
  }

  /** Runs the work when there is room, in order of arrival. `turnAway` makes the error for one too many or too late. */
  async run<T>(work: () => Promise<T>, turnAway: () => Error): Promise<T> {
    if (this.#running < this.#bounds.maxRunning) this.#running += 1;
    else await this.#wait(turnAway);
    try {
      return await work();
    } finally {
      // The place is handed over by the one that leaves, so nobody can slip in between.
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
