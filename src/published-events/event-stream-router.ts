import { PassThrough } from 'node:stream';
import Router from '@koa/router';
import type { ApiContext, ApiState, ApiStep } from '../api/api-context.ts';
import { company } from '../api/company.ts';
import { invalidRequest } from '../api/invalid-request.ts';
import { rateLimit } from '../api/rate-limit.ts';
import { refuseReplayed, signed } from '../api/signatures/signed.ts';
import type { Deps } from '../deps.ts';
import { processPace, type LivePace } from '../shared/live-pace.ts';
import { Problem } from '../shared/problem.ts';
import { compileTextSchema } from '../shared/schema-check.ts';
import { EventStreams } from './event-streams.ts';

const RETRY_AFTER_SECONDS = 10;
/** Of new connections of a company; far above what a client that connects again needs. */
const CONNECTIONS = { perSecond: 2, burst: 20 };
const SEQUENCE = /^\d{1,15}$/;

interface Life {
  /** Aborted as soon as the process is to stop: every connection ends. */
  readonly stopping: AbortSignal;
  readonly pace?: LivePace;
}

/**
 * `GET /v1/events/stream`: the events of a company as they are numbered (text/event-stream), to a key that may read events. The
 * same steps as those of an operation; it is no operation of the document, because its response has no end.
 */
export function eventStreamRouter(deps: Deps, { stopping, pace = processPace }: Life): Router<ApiState> {
  const streams = new EventStreams(deps, pace);
  stopping.addEventListener('abort', () => streams.stop(), { once: true });
  const router = new Router<ApiState>({ sensitive: true, strict: true });
  router.get(
    '/v1/events/stream',
    company(deps, 'events:read'),
    rateLimit(CONNECTIONS),
    signed(deps),
    refuseReplayed(deps),
    open(streams),
  );
  return router;
}

function open(streams: EventStreams): ApiStep {
  return (ctx) => {
    const after = readPosition(ctx);
    if (streams.isStopped)
      throw new Problem('service-unavailable', { facts: { retry_after_seconds: RETRY_AFTER_SECONDS } });
    const { actor } = ctx.state;
    if (!streams.hasRoom(actor.companyId))
      throw new Problem('rate-limit-exceeded', {
        detail: 'Too many streams are open: share one among your programs.',
        facts: { retry_after_seconds: RETRY_AFTER_SECONDS },
      });
    const stream = new PassThrough();
    ctx.status = 200;
    ctx.set('Content-Type', 'text/event-stream; charset=utf-8');
    // Reverse proxies would keep the events until a buffer is full.
    ctx.set('X-Accel-Buffering', 'no');
    ctx.body = stream;
    streams.join({ actor, after, stream });
  };
}

const checkQuery = compileTextSchema({
  type: 'object',
  properties: { after: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } },
  additionalProperties: false,
} as const);

/** The last event that the client has: that of a connection that broke off, else the one it asks for. @throws Problem `invalid-request` */
function readPosition(ctx: ApiContext): bigint | undefined {
  const outcome = checkQuery(ctx.query);
  if (!outcome.valid) throw invalidRequest('query', outcome.errors);
  const last = ctx.get('Last-Event-ID');
  if (last !== '' && !SEQUENCE.test(last))
    throw new Problem('invalid-request', { detail: 'Last-Event-ID must be the number of an event.' });
  const { after } = outcome.value as { after?: number };
  if (last !== '') return BigInt(last);
  return after === undefined ? undefined : BigInt(after);
}
