import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { Answer } from './answer.ts';
import type { ApiContext, ApiStep } from './api-context.ts';
import type { AnyEndpoint, ApiRequest } from './endpoint.ts';
import { guardAnswer } from './guard.ts';
import { hashIdempotencyKey, hashRequest, parseIdempotencyKey } from './idempotency-key.rules.ts';
import { takeEffectOnce } from './idempotent-effect.ts';
import type { RunningKeys } from './idempotent-effect.ts';
import { describeProblem, PROBLEM_TYPE } from './problem-document.rules.ts';
import { requestIdOf } from './request-id.ts';

/** Answers a reading request. */
export function read(deps: Deps, endpoint: AnyEndpoint): ApiStep {
  const assertPromised = guardAnswer(deps, endpoint);
  return async (ctx) => {
    const body = await endpoint.handle(deps, requestOf(ctx));
    assertPromised(body);
    send(ctx, { status: endpoint.status, text: JSON.stringify(body) });
  };
}

/** Answers a writing request, which takes effect once per Idempotency-Key. */
export function write(deps: Deps, endpoint: AnyEndpoint, running: RunningKeys): ApiStep {
  const assertPromised = guardAnswer(deps, endpoint);
  return async (ctx) => {
    const { answer, replayed } = await takeEffectOnce(deps, {
      request: keyedRequestOf(ctx),
      running,
      work: async (tx) => {
        const body = await endpoint.handle(tx, requestOf(ctx));
        // Before the commit: an answer we would not stand by takes its effect with it.
        assertPromised(body);
        return { status: endpoint.status, text: JSON.stringify(body) };
      },
      answerOf: (problem) => ({ status: problem.status, text: describe(ctx, deps, problem) }),
    });
    if (replayed) ctx.set('Idempotent-Replayed', 'true');
    send(ctx, answer);
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
  const { company, params, query, body } = state;
  return { company, params, query: query as never, body: body as never };
}

function describe(ctx: ApiContext, { config }: Deps, problem: Problem): string {
  const surroundings = { publicOrigin: config.publicOrigin, requestId: requestIdOf(ctx) };
  return JSON.stringify(describeProblem(problem, surroundings));
}

function send(ctx: ApiContext, { status, text }: Answer): void {
  ctx.status = status;
  ctx.type = status >= 400 ? PROBLEM_TYPE : 'application/json';
  ctx.body = text;
}
