import { isOutOfReach } from '../../database/connection-error.rules.ts';
import { isDuplicate } from '../../database/database-error.rules.ts';
import { askTogether } from '../../database/statement-pipeline.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { Settled } from '../../shared/micro-batcher.ts';
import type { Answer } from './response.ts';
import { replay, stillRunning, type EffectOutcome } from './execute-idempotently.ts';
import { createReplayWatch, type ReplayWatch } from './replay-watch.ts';
import {
  AnsweredMeanwhile,
  findStoredAnswers,
  storeAnswers,
  type GivenAnswer,
  type KeyedRequest,
} from './idempotency-records.ts';

/** One request among those whose effects share a transaction. */
export interface JoinedEffect<Input> {
  readonly request: KeyedRequest;
  readonly input: Input;
  /** How a refusal reads as an answer, to be remembered like any other. */
  readonly answerOf: (problem: Problem) => Answer;
}

/** Decides on many requests in one transaction; `persist` writes it. A refused one leaves nothing behind. */
export type JoinedWork<Input> = (
  tx: InTransaction<Deps>,
  inputs: readonly Input[],
) => Promise<DecidedTogether>;

/** Answers and refusals in the order of the inputs. */
export interface DecidedTogether {
  readonly answers: readonly (Answer | Problem)[];
  persist(): Promise<void>;
}

/** Each time another process was first with a key of ours; afterwards that key is found, so once is usual. */
const ATTEMPTS = 5;

interface Together<Input> {
  readonly deps: Deps;
  readonly work: JoinedWork<Input>;
  readonly replays: ReplayWatch;
}

/**
 * Makes a function that lets requests take effect once per key, like `takeEffectOnce`, with one commit for all
 * of them. Their keys are not looked up: that an answer cannot be stored tells that it was given before; then all
 * is undone, and done again for those not found. If that fails in a way not foreseen, each is tried alone, so
 * that the one at fault fails alone. Keys must differ.
 */
export function effectsTogether<Input>(
  deps: Deps,
  work: JoinedWork<Input>,
): (effects: readonly JoinedEffect<Input>[]) => Promise<Settled<EffectOutcome>[]> {
  const together = { deps, work, replays: createReplayWatch() };
  return (effects) => takeTogether(together, effects, together.replays.expectsReplays());
}

async function takeTogether<Input>(
  together: Together<Input>,
  effects: readonly JoinedEffect<Input>[],
  expectsReplays: boolean,
): Promise<Settled<EffectOutcome>[]> {
  for (let attempt = 1; ; attempt += 1) {
    const looksFirst = expectsReplays || attempt > 1;
    try {
      const take = looksFirst ? takeNotAnswered : takeAll;
      return await inTransaction(together.deps, (tx) => take(tx, effects, together), optionsFor(effects));
    } catch (error) {
      const answeredMeanwhile = error instanceof AnsweredMeanwhile;
      if (answeredMeanwhile && attempt < ATTEMPTS) continue;
      // Without a database each alone would only wait for the same.
      if (effects.length === 1 || isOutOfReach(error)) {
        return effects.map(() => ({
          status: 'rejected',
          reason: answeredMeanwhile ? stillRunning() : error,
        }));
      }
      return await takeEachAlone(together, effects);
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
async function takeEachAlone<Input>(
  together: Together<Input>,
  effects: readonly JoinedEffect<Input>[],
): Promise<Settled<EffectOutcome>[]> {
  const outcomes = await Promise.all(effects.map((effect) => takeTogether(together, [effect], true)));
  return outcomes.flat();
}

/** Takes all for new; the answers are stored in one message with what was decided. */
async function takeAll<Input>(
  tx: InTransaction<Deps>,
  effects: readonly JoinedEffect<Input>[],
  { work }: Together<Input>,
): Promise<Settled<EffectOutcome>[]> {
  const { answers, persist } = await decide(tx, effects, work);
  try {
    await askTogether([storeAnswers(tx, givenAnswers(effects, answers)), persist()]);
  } catch (error) {
    throw isDuplicate(error) ? new AnsweredMeanwhile('', { cause: error }) : error;
  }
  return answers.map(settledWith);
}

/** Looks first which were answered before, and takes the others. */
async function takeNotAnswered<Input>(
  tx: InTransaction<Deps>,
  effects: readonly JoinedEffect<Input>[],
  { work, replays }: Together<Input>,
): Promise<Settled<EffectOutcome>[]> {
  const stored = await findStoredAnswers(
    tx,
    effects.map(({ request }) => request),
  );
  const fresh = effects.filter((_, index) => !stored[index]);
  replays.note(fresh.length < effects.length);
  const { answers, persist } = await decide(tx, fresh, work);
  // Not in one message: only of an answer does a taken key mean that it was given meanwhile.
  await storeAnswers(tx, givenAnswers(fresh, answers));
  await persist();
  const outcomes = answers.map(settledWith).values();
  return effects.map(({ request }, index) => {
    const before = stored[index];
    return before ? settle(() => replay(before, request)) : outcomes.next().value!;
  });
}

/** What each is answered: refusals too, except a Problem for now only (5xx), which is not to be remembered. */
async function decide<Input>(
  tx: InTransaction<Deps>,
  effects: readonly JoinedEffect<Input>[],
  work: JoinedWork<Input>,
): Promise<DecidedTogether> {
  if (effects.length === 0) return { answers: [], persist: () => Promise.resolve() };
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

function givenAnswers(
  effects: readonly JoinedEffect<unknown>[],
  answers: readonly (Answer | Problem)[],
): GivenAnswer[] {
  return effects.flatMap(({ request }, index): GivenAnswer[] => {
    const answer = answers[index]!;
    return answer instanceof Problem ? [] : [[request, answer]];
  });
}

function settledWith(answer: Answer | Problem): Settled<EffectOutcome> {
  return answer instanceof Problem
    ? { status: 'rejected', reason: answer }
    : { status: 'fulfilled', value: { answer, replayed: false } };
}

function settle(outcome: () => EffectOutcome): Settled<EffectOutcome> {
  try {
    return { status: 'fulfilled', value: outcome() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
