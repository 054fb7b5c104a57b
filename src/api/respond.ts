import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { createMicroBatcher } from '../shared/micro-batcher.ts';
import type { ApiResponse } from './idempotency/response.ts';
import type { ApiContext, ApiStep } from './api-context.ts';
import { createBatchedWriter, createWriter } from './idempotency/idempotent-writers.ts';
import type { AnyEndpoint, ApiRequest, FileResponse } from './define-endpoint.ts';
import { guardResponse } from './guard.ts';
import { hashIdempotencyKey, hashRequest, parseIdempotencyKey } from './idempotency/idempotency-key.rules.ts';
import type { IdempotentOutcome } from './idempotency/replay-response.ts';
import { whileRunning, type RunningKeys } from './idempotency/running-keys.ts';
import { describeProblem, liveOriginOf, PROBLEM_TYPE } from '../http/problem-document.rules.ts';
import { requestIdOf } from '../http/request-id.ts';

/** Executes a GET and sends its response. */
export function read(deps: Deps, endpoint: AnyEndpoint): ApiStep {
  const buildResponse = responseBuilder(deps, endpoint);
  const handle = handlerOf(endpoint);
  return async (ctx) => sendResponse(ctx, buildResponse(await handle(deps, requestOf(ctx))));
}

/** Executes a GET that returns a file, and streams it. */
export function readFile(deps: Deps, { mediaType, open }: FileResponse): ApiStep {
  return async (ctx) => {
    const { name, body } = await open(deps, requestOf(ctx));
    ctx.status = 200;
    ctx.type = mediaType;
    ctx.set('Content-Disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`);
    ctx.body = body;
  };
}

/** Executes a POST once per Idempotency-Key and sends its response. */
export function write(deps: Deps, endpoint: AnyEndpoint, running: RunningKeys): ApiStep {
  const execute = writerOf(deps, endpoint);
  return async (ctx) => {
    const request = keyedRequestOf(ctx);
    const keyed = { request, input: requestOf(ctx), renderRefusal: refusalRenderer(ctx, deps) };
    sendOutcome(ctx, await whileRunning(running, request, () => execute(keyed)));
  };
}

type CheckedRequest = ApiRequest<never, never>;

/**
 * Executes each request of an endpoint in a transaction of its own. Concurrent requests of an endpoint that handles them
 * together share a transaction, and each gets its response after its commit.
 */
function writerOf(deps: Deps, endpoint: AnyEndpoint) {
  const buildResponse = responseBuilder(deps, endpoint);
  const { handleTogether } = endpoint;
  if (!handleTogether) {
    const handle = handlerOf(endpoint);
    return createWriter(deps, async (tx, input: CheckedRequest) => buildResponse(await handle(tx, input)));
  }
  const writeBatch = createBatchedWriter(deps, async (tx, inputs: readonly CheckedRequest[]) => {
    const { responses, persist } = await handleTogether(tx, inputs);
    return {
      responses: responses.map((body) => (body instanceof Problem ? body : buildResponse(body))),
      persist,
    };
  });
  return createMicroBatcher(writeBatch, BATCH_BOUNDS);
}

/**
 * Up to three batches run concurrently: one is prepared while the database executes the others, if it is large enough to
 * justify its dozen statements. `batchSize` bounds the transaction; `maxQueued` bounds the wait to what clients accept.
 */
const BATCH_BOUNDS = { batchSize: 128, maxConcurrentBatches: 3, minConcurrentBatch: 20, maxQueued: 5_000 };

function handlerOf({ name, handle }: AnyEndpoint): NonNullable<AnyEndpoint['handle']> {
  if (!handle) throw new Error(`${name} handles requests in batches only`);
  return handle;
}

/** Checks a response before the commit: one that breaks its schema rolls its work back. */
function responseBuilder(deps: Deps, endpoint: AnyEndpoint): (body: unknown) => ApiResponse {
  const assertPromised = guardResponse(deps, endpoint);
  return (body) => {
    assertPromised(body);
    const { status, secretMember } = endpoint;
    const text = JSON.stringify(body);
    if (secretMember === undefined) return { status, text };
    return { status, text, storedText: JSON.stringify({ ...(body as object), [secretMember]: null }) };
  };
}

/** Refuses a POST without a valid Idempotency-Key before it is processed. */
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
    requestHash: hashRequest({
      method: ctx.method,
      path: ctx.path,
      body: ctx.state.fingerprint ?? ctx.state.body,
    }),
  };
}

function requestOf({ state }: ApiContext): ApiRequest<never, never> {
  // The guard has checked both against the schemas that type the handler.
  const { actor, params, query, body } = state;
  return { actor, params, query: query as never, body: body as never };
}

function refusalRenderer(ctx: ApiContext, { config }: Deps): (problem: Problem) => ApiResponse {
  const context = { publicOrigin: liveOriginOf(config), requestId: requestIdOf(ctx) };
  return (problem) => ({
    status: problem.status,
    text: JSON.stringify(describeProblem(problem, context)),
  });
}

function sendOutcome(ctx: ApiContext, { response, replayed }: IdempotentOutcome): void {
  if (replayed) ctx.set('Idempotent-Replayed', 'true');
  sendResponse(ctx, response);
}

function sendResponse(ctx: ApiContext, { status, text }: ApiResponse): void {
  ctx.status = status;
  ctx.type = status >= 400 ? PROBLEM_TYPE : 'application/json';
  if (status === 429) setRetryAfter(ctx, text);
  ctx.body = text;
}

/** A stored refusal has the seconds among its facts alone. */
function setRetryAfter(ctx: ApiContext, text: string): void {
  const { retry_after_seconds: seconds } = JSON.parse(text) as { readonly retry_after_seconds?: number };
  if (seconds !== undefined) ctx.set('Retry-After', String(seconds));
}
