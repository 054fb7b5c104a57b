import { takeToken, type RateLimit, type Take, type TokenBucket } from './token-bucket.rules.ts';

/** Buckets by key in the memory of this process. Beyond `maxKeys`, the least recently used one is removed. */
export class TokenBuckets {
  readonly #limit: RateLimit;
  readonly #maxKeys: number;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(limit: RateLimit, maxKeys: number) {
    this.#limit = limit;
    this.#maxKeys = maxKeys;
  }

  get size(): number {
    return this.#buckets.size;
  }

  take(key: string, nowMs: number): Take {
    const take = takeToken(this.#limit, this.#buckets.get(key), nowMs);
    // Removed and inserted again, so that the keys are in the order of their last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, take.bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#maxKeys && oldest !== undefined) this.#buckets.delete(oldest);
    return take;
  }
}
