import { inTransaction, type InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { Answer } from './response.ts';
import {
  IdempotencyConflict,
  findIdempotencyRecord,
  nameOf,
  storeIdempotencyRecords,
  type KeyedRequest,
  type IdempotencyRecord,
} from './idempotency-records.ts';

/** Keys of requests under way in this process, each with the hash of its request. */
export type RunningKeys = Map<string, string>;

export interface Effect {
  readonly request: KeyedRequest;
  readonly running: RunningKeys;
  /** Runs in the transaction that also remembers the answer. */
  readonly work: (tx: InTransaction<Deps>) => Promise<Answer>;
  /** How a refusal reads as an answer, to be remembered like any other. */
  readonly answerOf: (problem: Problem) => Answer;
}

export type IdempotentOutcome = { readonly answer: Answer; readonly replayed: boolean };

/**
 * Lets a request take effect once per key, however often and wherever it is sent. The answer is stored in
 * the transaction of the effect, so a crash leaves both or neither; of two processes the one that stores
 * second is undone and gives the first one's answer. Refusals are remembered too, except those for now
 * only (5xx), so that a retry never turns a refused charge into a second, different outcome.
 * @throws Problem `idempotency-key-in-use` while the first request runs, `idempotency-key-reused` for another request.
 */
export function executeIdempotently(deps: Deps, effect: Effect): Promise<IdempotentOutcome> {
  const { request, running } = effect;
  return whileRunning(running, request, async () => {
    const stored = await findIdempotencyRecord(deps, request);
    return stored ? replay(stored, request) : await executeFirst(deps, effect);
  });
}

/**
 * Lets one request under a key run at a time in this process.
 * @throws Problem `idempotency-key-in-use` while the first runs, `idempotency-key-reused` for another request.
 */
export async function whileRunning<T>(
  running: RunningKeys,
  request: KeyedRequest,
  work: () => Promise<T>,
): Promise<T> {
  const name = nameOf(request);
  const runningHash = running.get(name);
  if (runningHash !== undefined) {
    assertSame(runningHash, request);
    throw keyInUse();
  }
  running.set(name, request.requestHash);
  try {
    return await work();
  } finally {
    running.delete(name);
  }
}

async function executeFirst(deps: Deps, effect: Effect): Promise<IdempotentOutcome> {
  try {
    return { answer: await workAndStore(deps, effect), replayed: false };
  } catch (error) {
    if (!(error instanceof IdempotencyConflict)) throw error;
    const stored = await findIdempotencyRecord(deps, effect.request);
    // Taken when we tried to store and gone when we look: only a cleaning between the two, so ask again.
    if (!stored) throw keyInUse();
    return replay(stored, effect.request);
  }
}

async function workAndStore(deps: Deps, { request, work, answerOf }: Effect): Promise<Answer> {
  try {
    return await inTransaction(deps, async (tx) => {
      const answer = await work(tx);
      await storeIdempotencyRecords(tx, [[request, answer]]);
      return answer;
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const answer = answerOf(error);
    await inTransaction(deps, (tx) => storeIdempotencyRecords(tx, [[request, answer]]));
    return answer;
  }
}

/** The answer of the first request again. @throws Problem `idempotency-key-reused` for another request. */
export function replay(
  { status, text, requestHash }: IdempotencyRecord,
  request: KeyedRequest,
): IdempotentOutcome {
  assertSame(requestHash, request);
  return { answer: { status, text }, replayed: true };
}

export function keyInUse(): Problem {
  const facts = { retry_after_seconds: 1 };
  return new Problem('idempotency-key-in-use', { detail: 'Ask again in a moment for its answer.', facts });
}

function assertSame(requestHash: string, request: KeyedRequest): void {
  if (requestHash !== request.requestHash) {
    throw new Problem('idempotency-key-reused', { detail: 'Choose a new key for a new request.' });
  }
}
