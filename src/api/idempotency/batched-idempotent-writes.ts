import { isOutOfReach } from '../../database/connection-error.rules.ts';
import { isDuplicate } from '../../database/database-error.rules.ts';
import { runPipeline } from '../../database/statement-pipeline.ts';
import type { Statement } from '../../database/statement.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { Answer } from './response.ts';
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

/** One request among those whose effects share a transaction. */
export interface BatchedRequest<Input> {
  readonly request: KeyedRequest;
  readonly input: Input;
  /** How a refusal reads as an answer, to be remembered like any other. */
  readonly answerOf: (problem: Problem) => Answer;
}

/** Decides on many requests in one transaction. A refused one leaves nothing behind. */
export type BatchedWork<Input> = (
  tx: InTransaction<Deps>,
  inputs: readonly Input[],
) => Promise<BatchDecision>;

/** Answers and refusals in the order of the inputs. */
export interface BatchDecision {
  readonly answers: readonly (Answer | Problem)[];
  /** What writes it. */
  readonly persist: readonly Statement<void>[];
}

/** Each time another process was first with a key of ours; afterwards that key is found, so once is usual. */
const ATTEMPTS = 5;

interface Together<Input> {
  readonly deps: Deps;
  readonly work: BatchedWork<Input>;
  readonly replays: ReplayWatch;
}

/**
 * Makes a function that lets requests take effect once per key, like `executeIdempotently`, with one commit for all
 * of them. Their keys are not looked up: that an answer cannot be stored tells that it was given before; then all
 * is undone, and done again for those not found. If that fails in a way not foreseen, each is tried alone, so
 * that the one at fault fails alone. Keys must differ.
 */
export function createBatchedWriter<Input>(
  deps: Deps,
  work: BatchedWork<Input>,
): (effects: readonly BatchedRequest<Input>[]) => Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const together = { deps, work, replays: createReplayWatch() };
  return (effects) => executeBatch(together, effects, together.replays.expectsReplays());
}

async function executeBatch<Input>(
  together: Together<Input>,
  effects: readonly BatchedRequest<Input>[],
  expectsReplays: boolean,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  for (let attempt = 1; ; attempt += 1) {
    const looksFirst = expectsReplays || attempt > 1;
    try {
      const take = looksFirst ? executeSkippingReplays : executeOptimistically;
      return await inTransaction(together.deps, (tx) => take(tx, effects, together), optionsFor(effects));
    } catch (error) {
      const answeredMeanwhile = error instanceof IdempotencyConflict;
      if (answeredMeanwhile && attempt < ATTEMPTS) continue;
      // Without a database each alone would only wait for the same.
      if (effects.length === 1 || isOutOfReach(error)) {
        return effects.map(() => ({
          status: 'rejected',
          reason: answeredMeanwhile ? keyInUse() : error,
        }));
      }
      return await executeEachAlone(together, effects);
    }
  }
}

/**
 * A lost deadlock is worth another try together. A line that somebody else holds for long is not: the others
 * would wait for it with every try.
 */
function optionsFor(effects: readonly unknown[]): TransactionOptions {
  return effects.length === 1 ? {} : { attempts: 2 };
}

/** At the same time, as far as there are connections: one that waits for a lock keeps no other from its own. */
async function executeEachAlone<Input>(
  together: Together<Input>,
  effects: readonly BatchedRequest<Input>[],
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const outcomes = await Promise.all(effects.map((effect) => executeBatch(together, [effect], true)));
  return outcomes.flat();
}

/** Takes all for new; the answers are stored in one message with what was decided. */
async function executeOptimistically<Input>(
  tx: InTransaction<Deps>,
  effects: readonly BatchedRequest<Input>[],
  { work }: Together<Input>,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const { answers, persist } = await decide(tx, effects, work);
  try {
    await runPipeline(tx.em, [
      insertIdempotencyRecords(newIdempotencyRecords(effects, answers), tx.clock.now()),
      ...persist,
    ]);
  } catch (error) {
    throw isDuplicate(error) ? new IdempotencyConflict('', { cause: error }) : error;
  }
  return answers.map(settledWith);
}

/** Looks first which were answered before, and takes the others. */
async function executeSkippingReplays<Input>(
  tx: InTransaction<Deps>,
  effects: readonly BatchedRequest<Input>[],
  { work, replays }: Together<Input>,
): Promise<PromiseSettledResult<IdempotentOutcome>[]> {
  const stored = await findIdempotencyRecords(
    tx,
    effects.map(({ request }) => request),
  );
  const fresh = effects.filter((_, index) => !stored[index]);
  replays.note(fresh.length < effects.length);
  const { answers, persist } = await decide(tx, fresh, work);
  // Not in one message: only of an answer does a taken key mean that it was given meanwhile.
  await storeIdempotencyRecords(tx, newIdempotencyRecords(fresh, answers));
  await runPipeline(tx.em, persist);
  const outcomes = answers.map(settledWith).values();
  return effects.map(({ request }, index) => {
    const before = stored[index];
    return before ? settle(() => replay(before, request)) : outcomes.next().value!;
  });
}

/** What each is answered: refusals too, except a Problem for now only (5xx), which is not to be remembered. */
async function decide<Input>(
  tx: InTransaction<Deps>,
  effects: readonly BatchedRequest<Input>[],
  work: BatchedWork<Input>,
): Promise<BatchDecision> {
  if (effects.length === 0) return { answers: [], persist: [] };
  const inputs = effects.map(({ input }) => input);
  const { answers, persist } = await work(tx, inputs);
  return {
    answers: effects.map(({ answerOf }, index) => {
      const answer = answers[index];
      if (!answer) throw new Error('a request of many was left without an answer');
      return answer instanceof Problem && answer.status < 500 ? answerOf(answer) : answer;
    }),
    persist,
  };
}

function newIdempotencyRecords(
  effects: readonly BatchedRequest<unknown>[],
  answers: readonly (Answer | Problem)[],
): NewIdempotencyRecord[] {
  return effects.flatMap(({ request }, index): NewIdempotencyRecord[] => {
    const answer = answers[index]!;
    return answer instanceof Problem ? [] : [[request, answer]];
  });
}

function settledWith(answer: Answer | Problem): PromiseSettledResult<IdempotentOutcome> {
  return answer instanceof Problem
    ? { status: 'rejected', reason: answer }
    : { status: 'fulfilled', value: { answer, replayed: false } };
}

function settle(outcome: () => IdempotentOutcome): PromiseSettledResult<IdempotentOutcome> {
  try {
    return { status: 'fulfilled', value: outcome() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
