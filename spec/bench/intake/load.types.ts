/** One loading of a server: `connections` clients, each sending its next request when the last is answered. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  /** Not counted: caches fill and the compiler learns. */
  readonly warmupMs: number;
  readonly measureMs: number;
  /** Beginning of the idempotency keys; no two loadings share one. */
  readonly keyPrefix: string;
  /** Who charges whom, taken in turn. */
  readonly buyers: readonly Buyer[];
}

/** A company's key and the consent of one line's subscriber. */
export interface Buyer {
  readonly token: string;
  readonly consent: string;
}

/** What came back in the measured time. */
export interface LoadOutcome {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How often each status was answered, from the first request to the last. */
  readonly statuses: Readonly<Record<string, number>>;
}
