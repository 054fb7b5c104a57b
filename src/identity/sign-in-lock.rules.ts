/** How many sign-ins in a row may fail within a window, and how long the next one must wait then. */
export interface LockPolicy {
  readonly failures: number;
  readonly windowMs: number;
  readonly lockMs: number;
}

export type LockScope = 'id' | 'source';

const QUARTER_HOUR_MS = 15 * 60_000;

/**
 * Per issued ID few, so that a password cannot be guessed; per source address more, because a whole
 * household, and behind a carrier's NAT many of them, may share one (ours).
 */
export const LOCK_POLICIES: Readonly<Record<LockScope, LockPolicy>> = {
  id: { failures: 5, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS },
  source: { failures: 20, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS },
};

/** What is counted about an ID or a source. */
export interface FailureCount {
  readonly failures: number;
  readonly firstFailedAt: Date;
  readonly lockedUntil: Date | null;
}

/** Until when no attempt is let through; undefined when one may be made now. */
export function lockedUntil(count: FailureCount, now: Date): Date | undefined {
  return count.lockedUntil !== null && count.lockedUntil > now ? count.lockedUntil : undefined;
}

/**
 * The count with one more attempt, taken as failed before anybody knows: guesses made at the same instant
 * are then counted one after the other, and the one that reaches the limit locks before it is answered.
 */
export function countAttempt(count: FailureCount, now: Date, policy: LockPolicy): FailureCount {
  const windowEnd = count.firstFailedAt.getTime() + policy.windowMs;
  const isOver = now.getTime() >= windowEnd || (count.lockedUntil !== null && count.lockedUntil <= now);
  const failures = isOver ? 1 : count.failures + 1;
  const firstFailedAt = isOver || count.failures === 0 ? now : count.firstFailedAt;
  const isLocked = failures >= policy.failures;
  return {
    failures,
    firstFailedAt,
    lockedUntil: isLocked ? new Date(now.getTime() + policy.lockMs) : null,
  };
}

/** The count with one attempt taken back that turned out well. */
export function takeBackAttempt(count: FailureCount, policy: LockPolicy): FailureCount {
  const failures = Math.max(count.failures - 1, 0);
  return { ...count, failures, lockedUntil: failures >= policy.failures ? count.lockedUntil : null };
}
