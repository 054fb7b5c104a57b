import { inTransaction, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { ApiResponse } from './response.ts';
import {
  IdempotencyConflict,
  findIdempotencyRecord,
  requestNameOf,
  storeIdempotencyRecords,
  type KeyedRequest,
  type IdempotencyRecord,
} from './idempotency-records.ts';

/** Keys of the requests that this process is executing, each with the hash of its request. */
export type RunningKeys = Map<string, string>;

export interface IdempotentRequest {
  readonly request: KeyedRequest;
  readonly running: RunningKeys;
  /** Runs in the transaction that also stores the response. */
  readonly work: (tx: InTransaction<Deps>) => Promise<ApiResponse>;
  /** Renders a refusal as a response, which is stored like any other. */
  readonly renderRefusal: (problem: Problem) => ApiResponse;
}

export type IdempotentOutcome = { readonly answer: ApiResponse; readonly replayed: boolean };

/**
 * Executes a request once per key, however often and to whichever process it is sent. The response is stored in the
 * transaction of the work, so a crash leaves both or neither. If two processes execute the same request, the one that
 * stores second rolls back and returns the response of the first. Refusals are stored too, so that a retry never has
 * another outcome; temporary ones (5xx) are not.
 * @throws Problem `idempotency-key-in-use` while the first request runs, `idempotency-key-reused` for another request.
 */
export function executeIdempotently(deps: Deps, idempotent: IdempotentRequest): Promise<IdempotentOutcome> {
  const { request, running } = idempotent;
  return whileRunning(running, request, async () => {
    const stored = await findIdempotencyRecord(deps, request);
    return stored ? replay(stored, request) : await executeFirst(deps, idempotent);
  });
}

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

async function executeFirst(deps: Deps, idempotent: IdempotentRequest): Promise<IdempotentOutcome> {
  try {
    return { answer: await workAndStore(deps, idempotent), replayed: false };
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const stored = await findIdempotencyRecord(deps, idempotent.request);
    // The record existed when we stored and is gone now: the purge ran in between. A retry is executed.
    if (!stored) throw keyInUse();
    return replay(stored, idempotent.request);
  }
}

async function workAndStore(
  deps: Deps,
  { request, work, renderRefusal }: IdempotentRequest,
): Promise<ApiResponse> {
  try {
    return await inTransaction(deps, async (tx) => {
      const answer = await work(tx);
      await storeIdempotencyRecords(tx, [[request, answer]]);
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const answer = renderRefusal(error);
    await inTransaction(deps, (tx) => storeIdempotencyRecords(tx, [[request, answer]]));
    return answer;
  }
}

/** Returns the response of the first request. @throws Problem `idempotency-key-reused` for another request. */
export function replay(
  { status, text, requestHash }: IdempotencyRecord,
  request: KeyedRequest,
): IdempotentOutcome {
  assertSameRequest(requestHash, request);
  return { answer: { status, text }, replayed: true };
}

export function keyInUse(): Problem {
  const facts = { retry_after_seconds: 1 };
  return new Problem('idempotency-key-in-use', { detail: 'Retry in a moment to get its response.', facts });
}

function assertSameRequest(requestHash: string, request: KeyedRequest): void {
  if (requestHash !== request.requestHash) {
    throw new Problem('idempotency-key-reused', { detail: 'Use a new key for a new request.' });
  }
}
