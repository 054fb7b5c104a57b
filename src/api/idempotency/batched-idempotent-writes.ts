import { isOutOfReach } from '../../database/connection-error.rules.ts';
import { isDuplicate } from '../../database/database-error.rules.ts';
import { runPipeline } from '../../database/statement-pipeline.ts';
import type { Statement } from '../../database/statement.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { ApiResponse } from './response.ts';
import { replay, keyInUse, type IdempotentOutcome } from './execute-idempotently.ts';
import { createReplayWatch, type ReplayWatch } from './replay-watch.ts';
import {
  IdempotencyConflict,
  findIdempotencyRecords,
  insertIdempotencyRecords,
  storeIdempotencyRecords,
  type NewIdempotencyRecord,
  type KeyedRequest,
} from './idempotency-records.ts';

/** One of the requests that share a transaction. */
export interface BatchedRequest<Input> {
  readonly request: KeyedRequest;
  readonly input: Input;
  /** Renders a refusal as a response, which is stored like any other. */
  readonly renderRefusal: (problem: Problem) => ApiResponse;
}

/** Decides on many requests in one transaction. A refused request writes nothing. */
export type BatchedWork<Input> = (
  tx: InTransaction<Deps>,
  inputs: readonly Input[],
) => Promise<BatchDecision>;

/** Answers and refusals in the order of the inputs. */
export interface BatchDecision {
  readonly answers: readonly (ApiResponse | Problem)[];
  /** The statements that write the decision. */
  readonly persist: readonly Statement<void>[];
}

/** Each attempt can lose a key to another process. The next one finds that key, so two are usual. */
const ATTEMPTS = 5;

interface Together<Input> {
  readonly deps: Deps;
  readonly work: BatchedWork<Input>;
  readonly replays: ReplayWatch;
}

/**
 * Creates a function that executes requests once per key, like `executeIdempotently`, with one commit for all of them.
 * Optimistic: keys are not looked up first. A duplicate key on storing a response rolls the transaction back; it is
 * retried for the requests without a stored response. After an unexpected error each request is executed alone, so that
 * only the one that causes it fails. The keys of a batch must differ.
 */
export function createBatchedWriter<Input>(
  deps: Deps,
  work: BatchedWork<Input>,
): (requests: readonly BatchedRequest<Input>[]) => Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const together = { deps, work, replays: createReplayWatch() };
  return (requests) => executeBatch(together, requests, together.replays.expectsReplays());
}

async function executeBatch<Input>(
  together: Together<Input>,
  requests: readonly BatchedRequest<Input>[],
  expectsReplays: boolean,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  for (let attempt = 1; ; attempt += 1) {
    const looksFirst = expectsReplays || attempt > 1;
    try {
      const take = looksFirst ? executeSkippingReplays : executeOptimistically;
      return await inTransaction(together.deps, (tx) => take(tx, requests, together), optionsFor(requests));
    } catch (error) {
      const answeredMeanwhile = error instanceof IdempotencyConflict;
      if (answeredMeanwhile && attempt < ATTEMPTS) continue;
      // Without a database, executing each alone would fail the same way.
      if (requests.length === 1 || isOutOfReach(error)) {
        return requests.map(() => ({
          status: 'rejected',
          reason: answeredMeanwhile ? keyInUse() : error,
        }));
      }
      return await executeEachAlone(together, requests);
    }
  }
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
  together: Together<Input>,
  requests: readonly BatchedRequest<Input>[],
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const outcomes = await Promise.all(requests.map((request) => executeBatch(together, [request], true)));
  return outcomes.flat();
}

/** Assumes that all requests are new. Responses and decisions are written in one pipeline. */
async function executeOptimistically<Input>(
  tx: InTransaction<Deps>,
  requests: readonly BatchedRequest<Input>[],
  { work }: Together<Input>,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const { answers, persist } = await decide(tx, requests, work);
  try {
    await runPipeline(tx.em, [
      insertIdempotencyRecords(newIdempotencyRecords(requests, answers), tx.clock.now()),
      ...persist,
    ]);
  } catch (error) {
    throw isDuplicate(error) ? new IdempotencyConflict('', { cause: error }) : error;
  }
  return answers.map(settledWith);
}

/** Looks up the stored responses first and executes the other requests. */
async function executeSkippingReplays<Input>(
  tx: InTransaction<Deps>,
  requests: readonly BatchedRequest<Input>[],
  { work, replays }: Together<Input>,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const stored = await findIdempotencyRecords(
    tx,
    requests.map(({ request }) => request),
  );
  const fresh = requests.filter((_, index) => !stored[index]);
  replays.note(fresh.length < requests.length);
  const { answers, persist } = await decide(tx, fresh, work);
  // Not in one pipeline: only while storing a response does a duplicate mean that another process stored it.
  await storeIdempotencyRecords(tx, newIdempotencyRecords(fresh, answers));
  await runPipeline(tx.em, persist);
  const outcomes = answers.map(settledWith).values();
  return requests.map(({ request }, index) => {
    const before = stored[index];
    return before ? settledBy(() => replay(before, request)) : outcomes.next().value!;
  });
}

/** The responses, with refusals rendered. A temporary Problem (5xx) stays a Problem, because it is not stored. */
async function decide<Input>(
  tx: InTransaction<Deps>,
  requests: readonly BatchedRequest<Input>[],
  work: BatchedWork<Input>,
): Promise<BatchDecision> {
  if (requests.length === 0) return { answers: [], persist: [] };
  const inputs = requests.map(({ input }) => input);
  const { answers, persist } = await work(tx, inputs);
  return {
    answers: requests.map(({ renderRefusal }, index) => {
      const answer = answers[index];
      if (!answer) throw new Error('a request of a batch was left without a response');
      return answer instanceof Problem && answer.status < 500 ? renderRefusal(answer) : answer;
    }),
    persist,
  };
}

function newIdempotencyRecords(
  requests: readonly BatchedRequest<unknown>[],
  answers: readonly (ApiResponse | Problem)[],
): NewIdempotencyRecord[] {
  return requests.flatMap(({ request }, index): NewIdempotencyRecord[] => {
    const answer = answers[index]!;
    return answer instanceof Problem ? [] : [[request, answer]];
  });
}

function settledWith(answer: ApiResponse | Problem): PromiseSettledResult<IdempotentOutcome> {
  return answer instanceof Problem
    ? { status: 'rejected', reason: answer }
    : { status: 'fulfilled', value: { answer, replayed: false } };
}

function settledBy(outcome: () => IdempotentOutcome): PromiseSettledResult<IdempotentOutcome> {
  try {
    return { status: 'fulfilled', value: outcome() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
