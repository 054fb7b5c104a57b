import { isDuplicate } from '../../database/database-error.rules.ts';
import { runPipeline } from '../../database/statement-pipeline.ts';
import type { Statement } from '../../database/statement.ts';
import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import {
  IdempotencyConflict,
  findIdempotencyRecords,
  insertIdempotencyRecords,
  storeIdempotencyRecords,
  type KeyedRequest,
  type NewIdempotencyRecord,
} from './idempotency-records.ts';
import { replay, type IdempotentOutcome } from './replay-response.ts';
import type { ApiResponse } from './response.ts';

/** A request with its Idempotency-Key. */
export interface IdempotentRequest<Input> {
  readonly request: KeyedRequest;
  readonly input: Input;
  /** Renders a refusal as a response, which is stored like any other. */
  readonly renderRefusal: (problem: Problem) => ApiResponse;
}

/** Decides on requests in one transaction. A refused request writes nothing. */
export type IdempotentWork<Input> = (
  tx: InTransaction<Deps>,
  inputs: readonly Input[],
) => Promise<BatchDecision>;

/** Responses and refusals in the order of the inputs. */
export interface BatchDecision {
  readonly responses: readonly (ApiResponse | Problem)[];
  /** The statements that write the decision. */
  readonly persist: readonly Statement<void>[];
}

export type Outcomes = PromiseSettledResult<IdempotentOutcome>[];

/** Assumes that all requests are new. Responses and decisions are written in one pipeline. */
export async function executeOptimistically<Input>(
  tx: InTransaction<Deps>,
  requests: readonly IdempotentRequest<Input>[],
  work: IdempotentWork<Input>,
): Promise<Outcomes> {
  const { responses, persist } = await decide(tx, requests, work);
  try {
    await runPipeline(tx.em, [
      insertIdempotencyRecords(newIdempotencyRecords(requests, responses), tx.clock.now()),
      ...persist,
    ]);
  } catch (error) {
    throw isDuplicate(error) ? new IdempotencyConflict('', { cause: error }) : error;
  }
  return responses.map(settledWith);
}

/** Looks up the stored responses first and executes the other requests. */
export async function executeSkippingReplays<Input>(
  tx: InTransaction<Deps>,
  requests: readonly IdempotentRequest<Input>[],
  work: IdempotentWork<Input>,
): Promise<{ readonly outcomes: Outcomes; readonly hadReplays: boolean }> {
  const stored = await findIdempotencyRecords(
    tx,
    requests.map(({ request }) => request),
  );
  const fresh = requests.filter((_, index) => !stored[index]);
  const { responses, persist } = await decide(tx, fresh, work);
  // Not in one pipeline: only while storing a response does a duplicate mean that another process stored it.
  await storeIdempotencyRecords(tx, newIdempotencyRecords(fresh, responses));
  await runPipeline(tx.em, persist);
  const executed = responses.map(settledWith).values();
  const outcomes = requests.map(({ request }, index) => {
    const before = stored[index];
    return before ? settledBy(() => replay(before, request)) : executed.next().value!;
  });
  return { outcomes, hadReplays: fresh.length < requests.length };
}

/** The responses, with refusals rendered. A Problem that passes stays one, because it is not stored. */
async function decide<Input>(
  tx: InTransaction<Deps>,
  requests: readonly IdempotentRequest<Input>[],
  work: IdempotentWork<Input>,
): Promise<BatchDecision> {
  if (requests.length === 0) return { responses: [], persist: [] };
  const inputs = requests.map(({ input }) => input);
  const { responses, persist } = await work(tx, inputs);
  return {
    responses: requests.map(({ renderRefusal }, index) => {
      const response = responses[index];
      if (!response) throw new Error('a request of a batch was left without a response');
      return isFinal(response) ? renderRefusal(response) : response;
    }),
    persist,
  };
}

/** Whether an error is a refusal that every retry gets again; one that passes is not. */
export function isFinal(error: unknown): error is Problem {
  return error instanceof Problem && !error.passes;
}

function newIdempotencyRecords(
  requests: readonly IdempotentRequest<unknown>[],
  responses: readonly (ApiResponse | Problem)[],
): NewIdempotencyRecord[] {
  return requests.flatMap(({ request }, index): NewIdempotencyRecord[] => {
    const response = responses[index]!;
    return response instanceof Problem ? [] : [[request, response]];
  });
}

function settledWith(response: ApiResponse | Problem): PromiseSettledResult<IdempotentOutcome> {
  return response instanceof Problem
    ? { status: 'rejected', reason: response }
    : { status: 'fulfilled', value: { response, replayed: false } };
}

function settledBy(outcome: () => IdempotentOutcome): PromiseSettledResult<IdempotentOutcome> {
  try {
    return { status: 'fulfilled', value: outcome() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
