/** How many consecutive sign-ins may fail within a window, and how long the ID or source is then locked. */
export interface LockPolicy {
  readonly failures: number;
  readonly windowMs: number;
  readonly lockMs: number;
}

export type LockScope = 'id' | 'source';

const QUARTER_HOUR_MS = 15 * 60_000;

/**
 * Few failures per issued ID, so that a password cannot be guessed; more per source address, because a household, or
 * many of them behind a carrier's NAT, may share one (our decision).
 */
export const LOCK_POLICIES: Readonly<Record<LockScope, LockPolicy>> = {
  id: { failures: 5, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS },
  source: { failures: 20, windowMs: QUARTER_HOUR_MS, lockMs: QUARTER_HOUR_MS },
};

/**
 * A hold of the support centre is stored as a lock with more failures than anybody can make: no sign-in that succeeds, and no
 * forgotten password, removes it (our decision).
 */
export const HOLD_FAILURES = 1_000_000;

/** For how many days an ID is held: never for good, as an ID that is not wanted any more is ended. */
export const holdDays = [1, 7, 30] as const;
export type HoldDays = (typeof holdDays)[number];

/** The failures counted for an ID or a source. */
export interface FailureCount {
  readonly failures: number;
  readonly firstFailedAt: Date;
  readonly lockedUntil: Date | null;
}

/** Until when attempts are refused; undefined if one is allowed now. */
export function lockedUntil(count: FailureCount, now: Date): Date | undefined {
  return count.lockedUntil !== null && count.lockedUntil > now ? count.lockedUntil : undefined;
}

/** Until when the support centre holds an ID; undefined if it does not. */
export function heldUntil(count: FailureCount, now: Date): Date | undefined {
  return count.failures >= HOLD_FAILURES ? lockedUntil(count, now) : undefined;
}

/** The count of an ID that is held from now on. */
export function holdFor(days: HoldDays, now: Date): FailureCount {
  const until = new Date(now.getTime() + days * 24 * 60 * 60_000);
  return { failures: HOLD_FAILURES, firstFailedAt: now, lockedUntil: until };
}

/**
 * The count with one more attempt, which counts as failed until its result is known: simultaneous guesses are then counted
 * one after the other, and the one that reaches the limit locks the key before its response.
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

/** How many more attempts may fail before the key is locked. */
export function triesLeft({ failures }: Pick<FailureCount, 'failures'>, policy: LockPolicy): number {
  return Math.max(policy.failures - failures, 0);
}

/** The count without one attempt that succeeded. */
export function removeAttempt(count: FailureCount, policy: LockPolicy): FailureCount {
  const failures = Math.max(count.failures - 1, 0);
  return { ...count, failures, lockedUntil: failures >= policy.failures ? count.lockedUntil : null };
}
