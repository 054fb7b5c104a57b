/** The time that a feed goes by: that of the process, or of a clock that a spec moves. */
export interface LivePace {
  /** Milliseconds that only ever grow. */
  nowMs(): number;
  /** Calls back once after a time; returns how to call it off. */
  after(ms: number, work: () => void): () => void;
}

export const processPace: LivePace = {
  nowMs: () => performance.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
