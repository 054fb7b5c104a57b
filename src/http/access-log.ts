import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { onceOver } from './hung-up.ts';
import { requestIdOf } from './request-id.ts';

/**
 * One line a request. The route's pattern stands for the path, because paths hold seals, and queries, bodies
 * and addresses may hold personal data: none of them is logged. It is written when the answer has left; 499 is the status
 * where the client has hung up before, and `hungUpBy` says how.
 */
export function accessLog(log: Logger): Middleware {
  return async (ctx, next) => {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      onceOver(ctx, (status, hungUpBy) => {
        log.info({ ...describe(ctx), status, ...(hungUpBy && { hungUpBy }), ms }, 'request');
      });
    }
  };
}

function describe(ctx: Context) {
  const state = ctx.state as { company?: { code: string } };
  return {
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    ...(state.company ? { company: state.company.code } : {}),
  };
}

/** `/v1/charges/:id` rather than the identifier that was asked for. */
export function routeOf(ctx: object): string {
  const matched = (ctx as { routerPath?: unknown }).routerPath;
  return typeof matched === 'string' ? matched : 'unmatched';
}
