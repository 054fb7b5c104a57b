import type { Context, Middleware } from 'koa';
import type { Logger } from 'pino';
import { requestIdOf } from './request-id.ts';

/**
 * One line a request. The route's pattern stands for the path, because paths hold seals, and queries, bodies
 * and addresses may hold personal data: none of them is logged.
 */
export function accessLog(log: Logger): Middleware {
  return async (ctx, next) => {
    const startedAt = performance.now();
    try {
      await next();
    } finally {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      log.info({ ...describe(ctx), ms }, 'request');
    }
  };
}

function describe(ctx: Context) {
  const state = ctx.state as { company?: { code: string } };
  return {
    requestId: requestIdOf(ctx),
    method: ctx.method,
    route: routeOf(ctx),
    status: ctx.status,
    ...(state.company ? { company: state.company.code } : {}),
  };
}

/** `/v1/charges/:id` rather than the identifier that was asked for. */
export function routeOf(ctx: object): string {
  const matched = (ctx as { routerPath?: unknown }).routerPath;
  return typeof matched === 'string' ? matched : 'unmatched';
}
