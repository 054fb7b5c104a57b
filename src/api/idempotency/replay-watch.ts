/** After a replay, further replays are expected for this many batches. */
const WATCHED_BATCHES = 64;

/** Predicts whether the next batch contains replays. */
export interface ReplayWatch {
  expectsReplays(): boolean;
  /** Records whether a batch contained any. */
  note(hadReplays: boolean): void;
}

/**
 * Retries are rare, so looking up every key in advance is mostly wasted; but when they occur, for instance after a
 * network failure, there are many.
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
