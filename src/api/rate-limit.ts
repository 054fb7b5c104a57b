import { Problem } from '../shared/problem.ts';
import type { ApiStep } from './api-context.ts';
import { takeToken, type RateLimit, type Take, type TokenBucket } from '../http/token-bucket.rules.ts';

/** Far above normal use: it stops a runaway loop of one company from starving the others. */
export const COMPANY_RATE_LIMIT: RateLimit = { perSecond: 2000, burst: 4000 };

/**
 * Limits the requests of one company, so that it does not starve the others. Counted per process: it protects the
 * machine and is no contractual limit. There is one bucket per company, so their number is bounded. Every response to an
 * authenticated request says what is left.
 */
export function rateLimit(limit: RateLimit = COMPANY_RATE_LIMIT): ApiStep {
  const buckets = new Map<number, TokenBucket>();
  return async (ctx, next) => {
    const { id } = ctx.state.company;
    const take = takeToken(limit, buckets.get(id), performance.now());
    buckets.set(id, take.bucket);
    ctx.set('RateLimit-Policy', policyOf(limit));
    ctx.set('RateLimit', remainingOf(limit, take));
    if (!take.allowed) {
      throw new Problem('rate-limit-exceeded', {
        detail: `One company may send ${limit.perSecond} requests a second.`,
        facts: { retry_after_seconds: take.retryAfterSeconds },
      });
    }
    await next();
  };
}

/** The header `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers): a full bucket, and the seconds in which it fills. */
export function policyOf({ burst, perSecond }: RateLimit): string {
  return `"company";q=${burst};w=${Math.ceil(burst / perSecond)}`;
}

/** The header `RateLimit`: what is left, and when the bucket is full again; the next request when nothing is left. */
export function remainingOf({ burst, perSecond }: RateLimit, take: Take): string {
  const { tokens } = take.bucket;
  const seconds = take.allowed ? Math.ceil((burst - tokens) / perSecond) : take.retryAfterSeconds;
  return `"company";r=${Math.floor(tokens)};t=${seconds}`;
}
