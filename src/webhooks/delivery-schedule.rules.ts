const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Pauses before each attempt (domain.md §10): the first is sent at once, the tenth is the last. */
export const scheduleMs = [
  0,
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
] as const;

/** An endpoint to which nothing was delivered for so long is disabled. */
export const FAILING_LIMIT_MS = 5 * DAY_MS;

/**
 * A failure that comes so long after the one before is the first of a row again: nothing was tried in between. It is longer than the
 * longest pause of the schedule with its spread.
 */
const FAILING_GAP_MS = 30 * HOUR_MS;

/** No longer pause is honoured: events would be of no use any more. */
const MAX_RETRY_AFTER_MS = DAY_MS;
/** Pause of an endpoint that asks to slow down and does not say for how long. */
const SLOW_DOWN_MS = MINUTE_MS;
const MAX_PAUSE_MS = 5 * MINUTE_MS;
/** Attempts in a row after which an endpoint is left alone for a while. */
export const FAILURES_TO_PAUSE = 3;

const SLOW_DOWN = new Set([429, 502, 504]);

/** What an attempt came to. `status` is the answer's; without one, `error` says why. */
export interface AttemptResult {
  readonly status: number | null;
  readonly error: string | null;
  /** In milliseconds, as the answer asks. */
  readonly retryAfterMs: number | null;
}

/** When the attempt after `attempts` is due, counted from now; undefined after the last. `random` in [0, 1) spreads by a tenth. */
export function pauseBeforeAttempt(
  attempts: number,
  { retryAfterMs }: Pick<AttemptResult, 'retryAfterMs'>,
  random: number,
): number | undefined {
  const pauseMs = scheduleMs[attempts];
  if (pauseMs === undefined) return undefined;
  const spread = Math.round(pauseMs * (1 + random / 10));
  return Math.max(spread, Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS));
}

/** For how long nothing at all is sent to an endpoint after `failures` failed attempts in a row. */
export function pauseOfEndpoint(failures: number, { status, retryAfterMs }: AttemptResult): number {
  const asked = Math.min(retryAfterMs ?? 0, MAX_RETRY_AFTER_MS);
  if (status !== null && SLOW_DOWN.has(status)) return asked > 0 ? asked : SLOW_DOWN_MS;
  if (failures < FAILURES_TO_PAUSE) return asked;
  const again = Math.min(5 * SECOND_MS * 2 ** Math.min(failures - FAILURES_TO_PAUSE, 10), MAX_PAUSE_MS);
  return Math.max(again, asked);
}

/**
 * Since when an endpoint fails without a success, once it has failed again. `pausedUntil` is until when it was left alone after the
 * failure before.
 */
export function failingSinceWhen(
  { failingSince, pausedUntil }: { readonly failingSince: Date | null; readonly pausedUntil: Date | null },
  now: Date,
): Date {
  const isNew = pausedUntil !== null && now.getTime() - pausedUntil.getTime() > FAILING_GAP_MS;
  return isNew ? now : (failingSince ?? now);
}

/** A `Retry-After` header in milliseconds: seconds, or a date. Null for none, and for what is neither. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header)) return Number(header) * SECOND_MS;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime());
}

export function isDelivered({ status }: Pick<AttemptResult, 'status'>): boolean {
  return status !== null && status >= 200 && status < 300;
}
