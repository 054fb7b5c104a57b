/** A terminal's Ctrl-C arrives twice: from the terminal, and forwarded by npm. Within this time it counts as one. */
const SAME_SIGNAL_MS = 1000;

/** Calls `end` at the first signal to terminate; a later one ends the process at once. */
export function onEndSignal(end: () => void): void {
  let endingSinceMs: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const nowMs = performance.now();
      if (endingSinceMs === undefined) {
        endingSinceMs = nowMs;
        end();
      } else if (nowMs - endingSinceMs > SAME_SIGNAL_MS) {
        process.exit(1);
      }
    });
  }
}
