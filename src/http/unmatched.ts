import type { Middleware } from 'koa';
import { Problem } from '../shared/problem.ts';

interface RouteLayer {
  readonly methods: readonly string[];
}

/** Refuses requests without a route: 405 with `Allow` if the address exists for other methods, otherwise 404. */
export function refuseUnmatched(): Middleware {
  return async (ctx, next) => {
    await next();
    if (ctx.status !== 404 || ctx.body != null) return;
    const layers = (ctx as { matched?: readonly RouteLayer[] }).matched ?? [];
    const allowed = [...new Set(layers.flatMap((layer) => layer.methods))].sort();
    if (allowed.length === 0 || allowed.includes(ctx.method)) throw new Problem('not-found');
    ctx.set('Allow', allowed.join(', '));
    throw new Problem('method-not-allowed', { detail: `This resource knows ${allowed.join(', ')}.` });
  };
}
