/** Batches for which a key that was sent again makes us expect another. */
const WATCHED_BATCHES = 64;

/** Whether requests that come together are to be expected to hold some that were answered before. */
export interface ReplayWatch {
  expectsReplays(): boolean;
  /** Tells whether a batch held any. */
  note(hadReplays: boolean): void;
}

/**
 * Requests are seldom sent again, so looking every key up before its work is mostly for nothing; but when
 * they are, as after a network was down, they come in numbers.
 */
export function createReplayWatch(): ReplayWatch {
  let batchesToWatch = 0;
  return {
    expectsReplays: () => batchesToWatch > 0,
    note: (hadReplays) => {
      batchesToWatch = hadReplays ? WATCHED_BATCHES : Math.max(0, batchesToWatch - 1);
    },
  };
}
