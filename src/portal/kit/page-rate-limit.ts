import type { Middleware } from 'koa';
import { TokenBuckets } from '../../http/token-buckets.ts';
import { sessionOf } from '../../identity/page-sessions.ts';
import { sourceKeyOf } from '../../identity/source-key.rules.ts';
import { Problem } from '../../shared/problem.ts';

/** Far above what a person can click, per process: it stops a loop, and is no contractual limit. */
const PAGE_LIMIT = { perSecond: 50, burst: 500 };
const MAX_KEYS = 20_000;

/**
 * Limits the requests of one session or, without one, of one source.
 * @throws Problem `rate-limit-exceeded` with `retry_after_seconds`
 */
export function limitRequests(): Middleware {
  const buckets = new TokenBuckets(PAGE_LIMIT, MAX_KEYS);
  return (ctx, next) => {
    const key = sessionOf(ctx).formToken ?? sourceKeyOf(ctx.ip);
    const take = buckets.take(key, performance.now());
    if (take.allowed) return next();
    throw new Problem('rate-limit-exceeded', { facts: { retry_after_seconds: take.retryAfterSeconds } });
  };
}
