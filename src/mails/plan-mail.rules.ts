const HOUR_MS = 3_600_000;
/** Mail servers themselves try for four to five days (RFC 5321 §4.5.4.1); a mail of ours says little after three. */
const GIVE_UP_AFTER_MS = 72 * HOUR_MS;
/** A marked address may work again: a mailbox that was full, a domain that was unreachable. */
const TRY_MARKED_AFTER_MS = 24 * HOUR_MS;

/** Since when mails to an address come back. */
export interface AddressMark {
  readonly since: Date;
}

interface Planned {
  readonly now: Date;
  readonly purpose: 'notice' | 'service' | 'security';
  /** Of a code or link that somebody waits for: after it the mail is of no use. */
  readonly expiresAt: Date | undefined;
  readonly isAddress: boolean;
  readonly mark: AddressMark | undefined;
}

interface MailPlan {
  readonly state: 'waiting' | 'dropped';
  readonly nextAttemptAt: Date;
  readonly giveUpAt: Date;
  readonly lastError: string | null;
}

/**
 * When a new mail is sent, if at all. To an address that is marked as bounced goes a code or link, which its reader has just
 * asked for, at once; another security notice a day after the mark, once the address may work again; and nothing else.
 */
export function planMail({ now, purpose, expiresAt, isAddress, mark }: Planned): MailPlan {
  const giveUpAt = new Date(Math.min(now.getTime() + GIVE_UP_AFTER_MS, expiresAt?.getTime() ?? Infinity));
  const waiting = { state: 'waiting', nextAttemptAt: now, giveUpAt, lastError: null } as const;
  const dropped = { ...waiting, state: 'dropped' } as const;
  if (!isAddress) return { ...dropped, lastError: 'not an address' };
  if (mark === undefined || expiresAt !== undefined) return waiting;
  if (purpose !== 'security') return { ...dropped, lastError: 'the address is marked as bounced' };
  const again = Math.max(now.getTime(), mark.since.getTime() + TRY_MARKED_AFTER_MS);
  return { ...waiting, nextAttemptAt: new Date(again) };
}
