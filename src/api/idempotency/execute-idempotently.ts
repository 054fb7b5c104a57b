import { isOutOfReach } from '../../database/connection-error.rules.ts';
import { inTransaction, type TransactionOptions } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { IdempotencyConflict, storeIdempotencyRecords } from './idempotency-records.ts';
import {
  executeOptimistically,
  executeSkippingReplays,
  isFinal,
  type IdempotentRequest,
  type IdempotentWork,
  type Outcomes,
} from './idempotent-attempt.ts';
import { keyInUse } from './replay-response.ts';

export interface Execution<Input> {
  readonly deps: Deps;
  readonly work: IdempotentWork<Input>;
  /** Whether the keys are looked up before the work; otherwise a duplicate key on storing a response finds a replay. */
  readonly looksFirst: boolean;
  /** Records whether a lookup found any stored response. */
  readonly note?: (hadReplays: boolean) => void;
}

/** Each attempt can lose a key to another process. The next one finds that key, so two are usual. */
const ATTEMPTS = 5;

/**
 * Executes requests once per key, however often and to whichever process they are sent; a single request is a batch of
 * one. The responses are stored in the transaction of the work, so a crash leaves both or neither. If two processes
 * execute the same request, the one that stores second rolls back and retries for the requests without a stored
 * response; the others return the stored one. Refusals are stored too, so that a retry never has another outcome;
 * those that pass (5xx, 429, a busy endpoint) are not.
 *
 * After an unexpected error each request of a batch is executed alone, so that only the one that causes it fails. The
 * keys of a batch must differ.
 */
export async function executeIdempotently<Input>(
  execution: Execution<Input>,
  requests: readonly IdempotentRequest<Input>[],
): Promise<Outcomes> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await executeOnce({ ...execution, looksFirst: execution.looksFirst || attempt > 1 }, requests);
    } catch (error) {
      const conflict = error instanceof IdempotencyConflict;
      if (conflict && attempt < ATTEMPTS) continue;
      // Without a database, executing each alone would fail the same way.
      if (requests.length > 1 && !isOutOfReach(error)) return await executeEachAlone(execution, requests);
      return requests.map(() => ({ status: 'rejected', reason: conflict ? keyInUse() : error }));
    }
  }
}

async function executeOnce<Input>(
  { deps, work, looksFirst, note }: Execution<Input>,
  requests: readonly IdempotentRequest<Input>[],
): Promise<Outcomes> {
  try {
    return await inTransaction(
      deps,
      async (tx) => {
        if (!looksFirst) return await executeOptimistically(tx, requests, work);
        const { outcomes, hadReplays } = await executeSkippingReplays(tx, requests, work);
        note?.(hadReplays);
        return outcomes;
      },
      optionsFor(requests),
    );
  } catch (error) {
    const [only] = requests;
    if (requests.length === 1 && only && isFinal(error)) return await storeRefusal(deps, only, error);
    throw error;
  }
}

/** A refusal that the work throws has rolled its transaction back, so it is stored in another one. */
async function storeRefusal(
  deps: Deps,
  { request, renderRefusal }: IdempotentRequest<unknown>,
  problem: Parameters<typeof renderRefusal>[0],
): Promise<Outcomes> {
  const response = renderRefusal(problem);
  await inTransaction(deps, (tx) => storeIdempotencyRecords(tx, [[request, response]]));
  return [{ status: 'fulfilled', value: { response, replayed: false } }];
}

/**
 * A deadlock is retried for the whole batch. A lock timeout on one line is not: the other requests would wait for it
 * with each attempt.
 */
function optionsFor(requests: readonly unknown[]): TransactionOptions {
  return requests.length === 1 ? {} : { attempts: 2 };
}

/** Concurrently, as far as there are connections: a request that waits for a lock does not delay the others. */
async function executeEachAlone<Input>(
  execution: Execution<Input>,
  requests: readonly IdempotentRequest<Input>[],
): Promise<Outcomes> {
  const alone = { ...execution, looksFirst: true };
  const outcomes = await Promise.all(requests.map((request) => executeIdempotently(alone, [request])));
  return outcomes.flat();
}
