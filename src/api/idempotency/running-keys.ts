import { requestNameOf, type KeyedRequest } from './idempotency-records.ts';
import { assertSameRequest, keyInUse } from './replay-response.ts';

/** Keys of the requests that this process is executing, each with the hash of its request. */
export type RunningKeys = Map<string, string>;

/**
 * Runs the work unless this process is executing another request with the same key.
 * @throws Problem `idempotency-key-in-use` while the first runs, `idempotency-key-reused` for another request.
 */
export async function whileRunning<T>(
  running: RunningKeys,
  request: KeyedRequest,
  work: () => Promise<T>,
): Promise<T> {
  const name = requestNameOf(request);
  const runningHash = running.get(name);
  if (runningHash !== undefined) {
    assertSameRequest(runningHash, request);
    throw keyInUse();
  }
  running.set(name, request.requestHash);
  try {
    return await work();
  } finally {
    running.delete(name);
  }
}
