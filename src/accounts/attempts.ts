import { accountReference } from '../access/account-reference.rules.ts';
import type { Deps } from '../deps.ts';
import { recordSuccessfulAttempt, reserveAttempt, type LockKey } from '../identity/sign-in-lock.ts';
import { sourceKeyOf } from '../identity/source-key.rules.ts';
import { reportEvent } from '../security/report-event.ts';
import { Problem } from '../shared/problem.ts';
import { foldEmail, type AccountAudience } from './account.rules.ts';

/** What is tried: a guess of each is counted for itself. */
type Step = 'password' | 'second-factor' | 'password-reset';

interface Attempt {
  readonly step: Step;
  /** Whose secret is tried: a typed address or a known account. */
  readonly subject: string;
  /** The browser's address; undefined on the command line. */
  readonly source: string | undefined;
}

/** The account that somebody claims to be. */
export function claimedSubject(audience: AccountAudience, email: string): string {
  return `${audience}/${foldEmail(email)}`;
}

export function knownSubject(accountId: number): string {
  return accountReference(accountId);
}

/**
 * Counts an attempt before it is looked at, so that of any number of guesses at once five are examined; takes the count back
 * when it succeeds.
 * @throws Problem `sign-in-locked`, and whatever `prove` throws
 */
export async function attempt<T>(deps: Deps, what: Attempt, prove: () => Promise<T>): Promise<T> {
  const keys = lockKeys(what);
  try {
    await reserveAttempt(deps, keys);
    const proven = await prove();
    await recordSuccessfulAttempt(deps, keys);
    return proven;
  } catch (error) {
    reportFailure(deps, what, error);
    throw error;
  }
}

function lockKeys({ step, subject, source }: Attempt): LockKey[] {
  const account = { scope: 'id', key: `account-${step}:${subject}` } as const;
  return source === undefined ? [account] : [account, { scope: 'source', key: sourceKeyOf(source) }];
}

/** Like `attempt`, but each one counts, whatever becomes of it: for requests that cost others something. */
export async function countAttempt(deps: Deps, what: Attempt): Promise<void> {
  await reserveAttempt(deps, lockKeys(what));
}

function reportFailure(deps: Deps, { step, subject, source }: Attempt, error: unknown): void {
  if (!(error instanceof Problem)) return;
  const subjects = { account: subject, ...(source !== undefined && { source: sourceKeyOf(source) }) };
  if (error.code === 'sign-in-refused' || error.code === 'second-factor-refused')
    reportEvent(deps, 'security.account_refused', { subjects, facts: { step } });
  if (error.code === 'sign-in-locked') {
    const retryAfterSeconds = Number(error.facts['retry_after_seconds']);
    reportEvent(deps, 'security.account_locked', { subjects, facts: { step, retryAfterSeconds } });
  }
}
