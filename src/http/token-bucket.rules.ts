/** Requests per second, and the burst allowed after a quiet time. */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** The tokens left at an instant. */
export interface TokenBucket {
  readonly tokens: number;
  readonly atMs: number;
}

export type Take =
  | { readonly allowed: true; readonly bucket: TokenBucket }
  | { readonly allowed: false; readonly bucket: TokenBucket; readonly retryAfterSeconds: number };

/** Refills the bucket for the elapsed time and takes one token. A new bucket is full. */
export function takeToken(limit: RateLimit, bucket: TokenBucket | undefined, nowMs: number): Take {
  const elapsedMs = bucket ? Math.max(0, nowMs - bucket.atMs) : 0;
  const refilled = (bucket?.tokens ?? limit.burst) + (elapsedMs / 1000) * limit.perSecond;
  const tokens = Math.min(limit.burst, refilled);
  if (tokens >= 1) return { allowed: true, bucket: { tokens: tokens - 1, atMs: nowMs } };
  const retryAfterSeconds = Math.ceil((1 - tokens) / limit.perSecond);
  return { allowed: false, bucket: { tokens, atMs: nowMs }, retryAfterSeconds };
}
