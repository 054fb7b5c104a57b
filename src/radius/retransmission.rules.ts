import assert from 'node:assert/strict';

/** When a request is sent again, and when waiting ends (RFC 5080 §2.2.1). */
export interface Retransmission {
  /** Wait after the first transmission; each further wait is twice the one before. */
  readonly firstMs: number;
  /** No wait is longer than this. */
  readonly maxMs: number;
  /** Transmissions to one server, the first included. */
  readonly tries: number;
  /** Time limit of one check, all servers together. */
  readonly totalMs: number;
}

/** RFC 5080's values. The checkout, where a person waits, is configured shorter. */
export const defaultRetransmission: Retransmission = {
  firstMs: 2_000,
  maxMs: 16_000,
  tries: 5,
  totalMs: 30_000,
};

const JITTER = 0.1;

/**
 * The wait after a transmission. `previousMs` is the wait before it, undefined at the first; `random` yields
 * [0, 1). The ±10% prevent many clients that lost one server from returning to it at the same moment.
 */
export function calculateWaitMs(
  { firstMs, maxMs }: Retransmission,
  { previousMs, random }: { readonly previousMs: number | undefined; readonly random: () => number },
): number {
  const jitter = (random() * 2 - 1) * JITTER;
  if (previousMs === undefined) return firstMs * (1 + jitter);
  const doubledMs = previousMs * (2 + jitter);
  return doubledMs > maxMs ? maxMs * (1 + jitter) : doubledMs;
}

/**
 * How long one server may be asked: an equal share of the remaining time among the servers not asked yet, so
 * that a silent first server never uses up the time of the last.
 */
export function calculateShareMs(remainingMs: number, serversLeft: number): number {
  return Math.max(0, remainingMs) / serversLeft;
}

/** Throws for values that mean no transmission, no waiting or no end. */
export function assertRetransmission({ firstMs, maxMs, tries, totalMs }: Retransmission): void {
  for (const [name, value] of Object.entries({ firstMs, maxMs, tries, totalMs })) {
    assert(Number.isFinite(value) && value > 0, `RADIUS retransmission: ${name} must be above zero`);
  }
  assert(Number.isInteger(tries), 'RADIUS retransmission: tries must be a whole number');
}
