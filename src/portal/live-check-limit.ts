import { actorName, type Actor } from '../access/actor.ts';
import type { RateLimit } from '../http/token-bucket.rules.ts';
import { TokenBuckets } from '../http/token-buckets.ts';
import type { LineCheck } from '../radius/line-check.ts';
import { Problem } from '../shared/problem.ts';

/** How often one person may ask, per process: a call needs a few checks, and the AAA servers have checkouts to serve (our decision). */
export const LIVE_CHECK_LIMIT: RateLimit = { perSecond: 1 / 6, burst: 10 };
const MAX_KEYS = 1_000;

const bucketsOf = new WeakMap<LineCheck, TokenBuckets>();

/** Counts a live line check of a person. @throws Problem `rate-limit-exceeded` with `retry_after_seconds` */
export function limitLiveChecks(lineCheck: LineCheck, by: Actor): void {
  const buckets = bucketsOf.get(lineCheck) ?? new TokenBuckets(LIVE_CHECK_LIMIT, MAX_KEYS);
  bucketsOf.set(lineCheck, buckets);
  const take = buckets.take(actorName(by), performance.now());
  if (take.allowed) return;
  throw new Problem('rate-limit-exceeded', { facts: { retry_after_seconds: take.retryAfterSeconds } });
}
