import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { onceOver } from './hung-up.ts';
import { requestIdOf } from './request-id.ts';

/**
 * Logs one line per request, after the response has been sent. It contains the pattern of the route instead of the path,
 * because paths contain seals, and no queries, bodies or addresses, which can contain personal data. Status 499 means
 * that the client closed the connection first; `hungUpBy` is the reason.
 */
export function accessLog(log: Logger): Middleware {
  return async (ctx, next) => {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      onceOver(ctx, (status, hungUpBy) => {
        log.info({ ...describeRequest(ctx), status, ...(hungUpBy && { hungUpBy }), ms }, 'request');
      });
    }
  };
}

function describeRequest(ctx: Context) {
  const state = ctx.state as { company?: { code: string } };
  return {
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    ...(state.company ? { company: state.company.code } : {}),
  };
}

/** The pattern of the route, such as `/v1/charges/:id`. */
export function routeOf(ctx: object): string {
  const matched = (ctx as { routerPath?: unknown }).routerPath;
  return typeof matched === 'string' ? matched : 'unmatched';
}
