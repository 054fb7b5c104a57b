import { Problem } from '../../shared/problem.ts';
import type { IdempotencyRecord, KeyedRequest } from './idempotency-records.ts';
import type { ApiResponse } from './response.ts';

/** The response to a request, and whether it is the stored one of an earlier request with its key. */
export interface IdempotentOutcome {
  readonly response: ApiResponse;
  readonly replayed: boolean;
}

/** Returns the response of the first request. @throws Problem `idempotency-key-reused` for another request. */
export function replay(
  { status, text, requestHash }: IdempotencyRecord,
  request: KeyedRequest,
): IdempotentOutcome {
  assertSameRequest(requestHash, request);
  return { response: { status, text }, replayed: true };
}

/** @throws Problem `idempotency-key-reused` for another request. */
export function assertSameRequest(requestHash: string, request: KeyedRequest): void {
  if (requestHash !== request.requestHash) {
    throw new Problem('idempotency-key-reused', { detail: 'Use a new key for a new request.' });
  }
}

/** The refusal of a request while the first one with its key runs. */
export function keyInUse(): Problem {
  const facts = { retry_after_seconds: 1 };
  return new Problem('idempotency-key-in-use', { detail: 'Retry in a moment to get its response.', facts });
}
