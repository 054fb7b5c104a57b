import type { Currency } from '../shared/money.ts';

/**
 * A run is `draft` until a second person approves it, `approved` until its file is written, then `sent`. A run that is not sent
 * any more is `void`.
 */
export type PayoutRunState = 'draft' | 'approved' | 'sent' | 'void';

/**
 * `planned`: in a run that is not sent; `dropped`: its run became void; `sent`: in a file; then the bank `settled` it or
 * `returned` it with a reason.
 */
export type PayoutState = 'planned' | 'dropped' | 'sent' | 'settled' | 'returned';

/** Those that may still reach the payee, or have. The database has the same list, in `is_live`. */
export const livePayoutStates = ['planned', 'sent', 'settled'] as const satisfies readonly PayoutState[];

/** How people and the bank name a payout: the number of its run and its line, `2026113001-1`. */
export function payoutCode({
  number,
  lineNumber,
}: {
  readonly number: string;
  readonly lineNumber: number;
}): string {
  return `${number}-${lineNumber}`;
}

/** The name of a run's file: records of Japanese banks, or XML of euro transfers. */
export function payoutFileName(currency: Currency, { number }: { readonly number: string }): string {
  return `${number}.${currency === 'JPY' ? 'txt' : 'xml'}`;
}

/** Numbers of one day are two digits. */
const MAX_RUNS_OF_DAY = 99;

/** The number of the next run of a day, after the highest there is. */
export function nextRunNumber(payOn: string, highest: string | undefined): string {
  const day = payOn.replaceAll('-', '');
  const next = highest === undefined ? 1 : Number(highest.slice(8)) + 1;
  if (next > MAX_RUNS_OF_DAY) throw new RangeError(`${payOn} has ${MAX_RUNS_OF_DAY} payout runs already`);
  return `${day}${String(next).padStart(2, '0')}`;
}

/** A payout beside the returned one that it repeats; without one all of them are null. */
export interface Repeat {
  readonly accountVersion: number;
  readonly replacedNumber: string | null;
  readonly replacedLine: number | null;
  readonly replacedOn: string | null;
  readonly replacedReason: string | null;
  readonly replacedVersion: number | null;
}

/**
 * What people have to know of a transfer that is made again: which one came back, when and why, and whether this one goes to the
 * same account. Empty for the first transfer.
 */
export function describeRepeat(payout: Repeat): string {
  const { replacedNumber, replacedLine, replacedOn, replacedReason, replacedVersion } = payout;
  if (replacedNumber === null || replacedLine === null) return '';
  const code = payoutCode({ number: replacedNumber, lineNumber: replacedLine });
  const account = replacedVersion === payout.accountVersion ? 'same account' : 'another account';
  return `AGAIN: ${code} came back on ${replacedOn ?? '?'} (${replacedReason ?? '?'}), ${account}`;
}
