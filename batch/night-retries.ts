/** When nights that failed are retried. Times are of a clock that nobody sets. */
export class NightRetries {
  readonly #afterMs: readonly number[];
  #failed: { readonly through: string; readonly times: number; readonly atMs: number } | undefined;

  /** `afterMs`: the pauses after the first failure, the second and so on; after the last one, the next night has to come. */
  constructor(afterMs: readonly number[]) {
    this.#afterMs = afterMs;
  }

  /** Records an attempt; `through` is the last night that was due. */
  note(through: string, isDone: boolean, nowMs: number): void {
    const times = this.#failed?.through === through ? this.#failed.times + 1 : 1;
    this.#failed = isDone ? undefined : { through, times, atMs: nowMs };
  }

  /** Milliseconds until the nights through `through` may be attempted; 0 is now, Infinity when the next night has to come. */
  waitMs(through: string, nowMs: number): number {
    if (this.#failed?.through !== through) return 0;
    const { times, atMs } = this.#failed;
    const pauseMs = this.#afterMs[times - 1] ?? Infinity;
    return Math.max(0, atMs + pauseMs - nowMs);
  }
}
