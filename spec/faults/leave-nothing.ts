import { constants } from 'node:os';

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const left = new Set<() => void>();
let isWatching = false;

/**
 * Registers the removal of something outside this process for its end, by itself, by an error or by Ctrl-C (not SIGKILL).
 * `remove` must be synchronous. Returns a function that cancels the registration.
 */
export function leaveNothing(remove: () => void): () => void {
  if (!isWatching) watch();
  left.add(remove);
  return () => void left.delete(remove);
}

function watch(): void {
  isWatching = true;
  // The last one first: a disk can only be unmounted when the server on it has ended.
  process.on('exit', () => [...left].toReversed().forEach((remove) => remove()));
  for (const signal of ends) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
