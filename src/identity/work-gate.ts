/** Lets a bounded number of pieces of work run at once and a bounded number wait; whoever comes then is turned away. */
export class WorkGate {
  readonly #maxRunning: number;
  readonly #maxWaiting: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(bounds: { readonly maxRunning: number; readonly maxWaiting: number }) {
    this.#maxRunning = bounds.maxRunning;
    this.#maxWaiting = bounds.maxWaiting;
  }

  /** Runs the work when there is room, in order of arrival. `turnAway` makes the error for one too many. */
  async run<T>(work: () => Promise<T>, turnAway: () => Error): Promise<T> {
    if (this.#running < this.#maxRunning) {
      this.#running += 1;
    } else {
      if (this.#waiting.length >= this.#maxWaiting) throw turnAway();
      // The place is handed over by the one that leaves, so nobody can slip in between.
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
