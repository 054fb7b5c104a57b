import type { RateLimit } from '../../http/token-bucket.rules.ts';
import { TokenBuckets } from '../../http/token-buckets.ts';
import { sourceKeyOf } from '../../identity/source-key.rules.ts';
import type { LineCheck, LineCheckOutcome } from '../../radius/line-check.ts';

/** Who asks about which line from where. */
export interface LineQuestion {
  /** Any name of the browser's session that no other session has. */
  readonly session: string;
  readonly lineId: string;
  readonly address: string;
}

export type LimitScope = 'session' | 'line' | 'source';

export type BoundedOutcome =
  | LineCheckOutcome
  | { readonly kind: 'limited'; readonly scope: LimitScope; readonly retryAfterSeconds: number };

export interface BoundedLineCheck {
  /** As `LineCheck.check`; `limited` when this session, line or source has asked too often, and no server was asked. */
  check(question: LineQuestion): Promise<BoundedOutcome>;
}

/**
 * How often the AAA servers are asked (our decision). A person who buys needs one question, and a few where Wi-Fi and
 * mobile data change; behind a carrier's NAT many share a source.
 */
export const LINE_CHECK_LIMITS: Readonly<Record<LimitScope, RateLimit>> = {
  session: { perSecond: 1 / 6, burst: 10 },
  line: { perSecond: 1 / 3, burst: 20 },
  source: { perSecond: 20, burst: 300 },
};

/** Of sessions, lines and sources each; some 10 MB at the most. */
const MAX_KEYS = 50_000;

interface Bounds {
  readonly limits?: Readonly<Record<LimitScope, RateLimit>>;
  readonly nowMs?: () => number;
}

/**
 * Keeps a page that is reloaded from flooding the AAA servers: identical concurrent checks share one exchange, and
 * sessions, lines and sources have token buckets. Counted in this process: it guards the servers, it proves nothing.
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
