import type { RateLimit } from '../http/token-bucket.rules.ts';
import { TokenBuckets } from '../http/token-buckets.ts';
import { sourceKeyOf } from '../identity/source-key.rules.ts';
import type { LineCheck, LineCheckOutcome } from '../radius/line-check.ts';

/** A line check with the session and the source that cause it. */
export interface LineQuestion {
  /** Any unique name of the browser's session. */
  readonly session: string;
  readonly lineId: string;
  readonly address: string;
}

export type LimitScope = 'session' | 'line' | 'source';

export type BoundedOutcome =
  | LineCheckOutcome
  | { readonly kind: 'limited'; readonly scope: LimitScope; readonly retryAfterSeconds: number };

export interface BoundedLineCheck {
  /** As `LineCheck.check`, or `limited`, without asking a server, if this session, line or source has asked too often. */
  check(question: LineQuestion): Promise<BoundedOutcome>;
}

/**
 * Limits of line checks (our decision). A purchase needs one check, and a few more if Wi-Fi and mobile data alternate;
 * many lines can share a source behind a carrier's NAT.
 */
export const LINE_CHECK_LIMITS: Readonly<Record<LimitScope, RateLimit>> = {
  session: { perSecond: 1 / 6, burst: 10 },
  line: { perSecond: 1 / 3, burst: 20 },
  source: { perSecond: 20, burst: 300 },
};

/** Buckets of sessions, of lines and of sources each; about 10 MB in total. */
const MAX_KEYS = 50_000;

interface Bounds {
  readonly limits?: Readonly<Record<LimitScope, RateLimit>>;
  readonly nowMs?: () => number;
}

/**
 * Protects the AAA servers from reloaded pages: identical concurrent checks share one exchange, and sessions, lines and
 * sources have token buckets. Counted per process.
 */
export function boundLineCheck(
  lineCheck: Pick<LineCheck, 'check'>,
  { limits = LINE_CHECK_LIMITS, nowMs = () => performance.now() }: Bounds = {},
): BoundedLineCheck {
  const underWay = new Map<string, Promise<LineCheckOutcome>>();
  const buckets = new Map(
    (['session', 'line', 'source'] as const).map((scope) => [
      scope,
      new TokenBuckets(limits[scope], MAX_KEYS),
    ]),
  );
  return {
    check: async ({ session, lineId, address }) => {
      const key = JSON.stringify([lineId, address]);
      const same = underWay.get(key);
      if (same) return same;
      const keys = { session, line: lineId, source: sourceKeyOf(address) };
      for (const [scope, ofScope] of buckets) {
        const take = ofScope.take(keys[scope], nowMs());
        if (!take.allowed) return { kind: 'limited', scope, retryAfterSeconds: take.retryAfterSeconds };
      }
      const asked = lineCheck.check({ lineId, address });
      underWay.set(key, asked);
      try {
        return await asked;
      } finally {
        underWay.delete(key);
      }
    },
  };
}
