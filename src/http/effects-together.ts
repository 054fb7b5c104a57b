import { isOutOfReach } from '../database/connection-error.rules.ts';
import { inTransaction, type InTransaction, type TransactionOptions } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { Settled } from '../shared/work-together.ts';
import type { Answer } from './answer.ts';
import { replay, stillRunning, type EffectOutcome } from './idempotent-effect.ts';
import {
  AnsweredMeanwhile,
  findStoredAnswers,
  storeAnswers,
  type GivenAnswer,
  type KeyedRequest,
} from './stored-answers.ts';

/** One request among those whose effects share a transaction. */
export interface JoinedEffect<Input> {
  readonly request: KeyedRequest;
  readonly input: Input;
  /** How a refusal reads as an answer, to be remembered like any other. */
  readonly answerOf: (problem: Problem) => Answer;
}

/** Does the work of many requests in one transaction; a refused one has left nothing behind there. */
export type JoinedWork<Input> = (
  tx: InTransaction<Deps>,
  inputs: readonly Input[],
) => Promise<readonly (Answer | Problem)[]>;

/** Each time another process was first with a key of ours; afterwards that key is found, so once is usual. */
const ATTEMPTS = 5;

/**
 * Lets requests take effect once per key, like `takeEffectOnce`, with one commit for all of them: their keys
 * are looked up, their answers stored and their rows written together. If that fails in a way not
 * foreseen, each is tried alone, so that the one at fault fails alone. Keys must differ.
 */
export async function takeEffectsTogether<Input>(
  deps: Deps,
  effects: readonly JoinedEffect<Input>[],
  work: JoinedWork<Input>,
): Promise<Settled<EffectOutcome>[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(deps, (tx) => takeEffects(tx, effects, work), optionsFor(effects));
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
      return await takeEachAlone(deps, effects, work);
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
  deps: Deps,
  effects: readonly JoinedEffect<Input>[],
  work: JoinedWork<Input>,
): Promise<Settled<EffectOutcome>[]> {
  const outcomes = await Promise.all(effects.map((effect) => takeEffectsTogether(deps, [effect], work)));
  return outcomes.flat();
}

async function takeEffects<Input>(
  tx: InTransaction<Deps>,
  effects: readonly JoinedEffect<Input>[],
  work: JoinedWork<Input>,
): Promise<Settled<EffectOutcome>[]> {
  const requests = effects.map(({ request }) => request);
  const stored = await findStoredAnswers(tx, requests);
  const fresh = effects.filter((_, index) => !stored[index]);
  const answers = await workOn(tx, fresh, work);
  const given = [...answers].flatMap(([{ request }, answer]): GivenAnswer[] =>
    answer instanceof Problem ? [] : [[request, answer]],
  );
  await storeAnswers(tx, given);
  return effects.map((effect, index) => {
    const before = stored[index];
    const answer = answers.get(effect);
    if (before) return settle(() => replay(before, effect.request));
    if (answer instanceof Problem || !answer) return { status: 'rejected', reason: answer };
    return { status: 'fulfilled', value: { answer, replayed: false } };
  });
}

/** What each is answered: refusals too, except a Problem for now only (5xx), which is not to be remembered. */
async function workOn<Input>(
  tx: InTransaction<Deps>,
  effects: readonly JoinedEffect<Input>[],
  work: JoinedWork<Input>,
): Promise<ReadonlyMap<JoinedEffect<Input>, Answer | Problem>> {
  if (effects.length === 0) return new Map();
  const inputs = effects.map(({ input }) => input);
  const results = await work(tx, inputs);
  return new Map(
    effects.map((effect, index) => {
      const result = results[index];
      if (!result) throw new Error('a request of many was left without an answer');
      const isLasting = result instanceof Problem && result.status < 500;
      return [effect, isLasting ? effect.answerOf(result) : result];
    }),
  );
}

function settle(outcome: () => EffectOutcome): Settled<EffectOutcome> {
  try {
    return { status: 'fulfilled', value: outcome() };
  } catch (reason) {
    return { status: 'rejected', reason };
  }
}
