import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { executeIdempotently } from './execute-idempotently.ts';
import type { IdempotentRequest, IdempotentWork, Outcomes } from './idempotent-attempt.ts';
import type { IdempotentOutcome } from './replay-response.ts';
import { createReplayWatch } from './replay-watch.ts';
import type { ApiResponse } from './response.ts';

/**
 * Creates a function that executes one request in a transaction of its own. The key is looked up first, because the work
 * may be expensive. A Problem that the work throws is the response.
 */
export function createWriter<Input>(
  deps: Deps,
  work: (tx: InTransaction<Deps>, input: Input) => Promise<ApiResponse>,
): (request: IdempotentRequest<Input>) => Promise<IdempotentOutcome> {
  const workOnOne: IdempotentWork<Input> = async (tx, [input]) => ({
    responses: [await work(tx, input!)],
    persist: [],
  });
  const execution = { deps, work: workOnOne, looksFirst: true };
  return async (request) => {
    const [outcome] = await executeIdempotently(execution, [request]);
    if (outcome?.status !== 'fulfilled') throw outcome?.reason;
    return outcome.value;
  };
}

/**
 * Creates a function that executes many requests with one commit. Optimistic: keys are not looked up first, except after
 * replays.
 */
export function createBatchedWriter<Input>(
  deps: Deps,
  work: IdempotentWork<Input>,
): (requests: readonly IdempotentRequest<Input>[]) => Promise<Outcomes> {
  const { expectsReplays, note } = createReplayWatch();
  return (requests) => executeIdempotently({ deps, work, note, looksFirst: expectsReplays() }, requests);
}
