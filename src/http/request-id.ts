import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';

const GIVEN_ID = /^[\w.-]{8,64}$/;

/**
 * Gives each request an id, in the header `X-Request-Id`, in its log lines and in problems, so that partners can quote it.
 * An id from our own proxy is kept; one from the open network is not trusted.
 */
export function requestId(trustProxy: boolean): Middleware {
  return (ctx, next) => {
    const given = trustProxy ? ctx.get('X-Request-Id') : '';
    const id = GIVEN_ID.test(given) ? given : randomUUID();
    ctx.state['requestId'] = id;
    ctx.set('X-Request-Id', id);
    return next();
  };
}

/** The id of this request. */
export function requestIdOf(ctx: { readonly state: object }): string {
  return String((ctx.state as { requestId?: string }).requestId);
}
