import { constants } from 'node:os';

const ends = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const left = new Set<() => void>();
let isWatching = false;

/**
 * Promises that something outside of this process will be gone when it ends, however it ends short of SIGKILL: by itself,
 * by an error, by Ctrl-C. `remove` may not wait for anything. Returns how to take the promise back, once it is gone.
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
