import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { createMicroBatcher } from '../shared/micro-batcher.ts';
import type { Answer } from './idempotency/response.ts';
import type { ApiContext, ApiStep } from './api-context.ts';
import { createBatchedWriter } from './idempotency/batched-idempotent-writes.ts';
import type { AnyEndpoint, ApiRequest } from './define-endpoint.ts';
import { guardAnswer } from './guard.ts';
import { hashIdempotencyKey, hashRequest, parseIdempotencyKey } from './idempotency/idempotency-key.rules.ts';
import {
  executeIdempotently,
  whileRunning,
  type IdempotentOutcome,
  type RunningKeys,
} from './idempotency/execute-idempotently.ts';
import { describeProblem, PROBLEM_TYPE } from '../http/problem-document.rules.ts';
import { requestIdOf } from '../http/request-id.ts';

/** Answers a reading request. */
export function read(deps: Deps, endpoint: AnyEndpoint): ApiStep {
  const answer = answerWith(deps, endpoint);
  const handle = handlerOf(endpoint);
  return async (ctx) => send(ctx, answer(await handle(deps, requestOf(ctx))));
}

/** Answers a writing request, which takes effect once per Idempotency-Key. */
export function write(deps: Deps, endpoint: AnyEndpoint, running: RunningKeys): ApiStep {
  const answer = answerWith(deps, endpoint);
  const handle = handlerOf(endpoint);
  return async (ctx) => {
    const outcome = await executeIdempotently(deps, {
      request: keyedRequestOf(ctx),
      running,
      work: async (tx) => answer(await handle(tx, requestOf(ctx))),
      answerOf: (problem) => ({ status: problem.status, text: describe(ctx, deps, problem) }),
    });
    sendOutcome(ctx, outcome);
  };
}

/**
 * Answers writing requests that often come at the same time: they share a transaction and its commit, and each
 * is answered after it.
 */
export function writeTogether(deps: Deps, endpoint: AnyEndpoint, running: RunningKeys): ApiStep {
  const answer = answerWith(deps, endpoint);
  const { handleTogether } = endpoint;
  if (!handleTogether) throw new Error(`${endpoint.name} handles one request at a time`);
  const take = createBatchedWriter(deps, async (tx, inputs: readonly ApiRequest<never, never>[]) => {
    const { answers, persist } = await handleTogether(tx, inputs);
    return { answers: answers.map((body) => (body instanceof Problem ? body : answer(body))), persist };
  });
  const executeFirst = createMicroBatcher(take, TOGETHER);
  return async (ctx) => {
    const request = keyedRequestOf(ctx);
    const answerOf = (problem: Problem) => ({ status: problem.status, text: describe(ctx, deps, problem) });
    const effect = { request, input: requestOf(ctx), answerOf };
    sendOutcome(ctx, await whileRunning(running, request, () => executeFirst(effect)));
  };
}

/**
 * Three batches at once: one is put together while the database works on the others, if it is large enough to be
 * worth its dozen statements. A batch stays far below what a transaction should hold, and what waits below
 * what can be answered before its sender gives up.
 */
const TOGETHER = { batchSize: 128, maxConcurrentBatches: 3, minConcurrentBatch: 20, maxQueued: 5_000 };

function handlerOf({ name, handle }: AnyEndpoint): NonNullable<AnyEndpoint['handle']> {
  if (!handle) throw new Error(`${name} handles its requests together only`);
  return handle;
}

/** Before the commit: an answer we would not stand by takes its effect with it. */
function answerWith(deps: Deps, endpoint: AnyEndpoint): (body: unknown) => Answer {
  const assertPromised = guardAnswer(deps, endpoint);
  return (body) => {
    assertPromised(body);
    return { status: endpoint.status, text: JSON.stringify(body) };
  };
}

/** Refuses a writing request without a usable Idempotency-Key, before anything is done for it. */
export function idempotencyKey(): ApiStep {
  return async (ctx, next) => {
    readKey(ctx);
    await next();
  };
}

function readKey(ctx: ApiContext): string {
  const header = ctx.get('Idempotency-Key');
  if (header === '')
    throw new Problem('idempotency-key-missing', { detail: 'Send a new random key with each new request.' });
  const key = parseIdempotencyKey(header);
  if (key === undefined) throw new Problem('idempotency-key-invalid');
  return key;
}

function keyedRequestOf(ctx: ApiContext) {
  return {
    companyId: ctx.state.company.id,
    keyHash: hashIdempotencyKey(readKey(ctx)),
    requestHash: hashRequest({ method: ctx.method, path: ctx.path, body: ctx.state.body }),
  };
}

function requestOf({ state }: ApiContext): ApiRequest<never, never> {
  // The guard has checked both against the schemas the handler was typed by.
  const { actor, params, query, body } = state;
  return { actor, params, query: query as never, body: body as never };
}

function describe(ctx: ApiContext, { config }: Deps, problem: Problem): string {
  const surroundings = { publicOrigin: config.publicOrigin, requestId: requestIdOf(ctx) };
  return JSON.stringify(describeProblem(problem, surroundings));
}

function sendOutcome(ctx: ApiContext, { answer, replayed }: IdempotentOutcome): void {
  if (replayed) ctx.set('Idempotent-Replayed', 'true');
  send(ctx, answer);
}

function send(ctx: ApiContext, { status, text }: Answer): void {
  ctx.status = status;
  ctx.type = status >= 400 ? PROBLEM_TYPE : 'application/json';
  ctx.body = text;
}
