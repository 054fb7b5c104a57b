import { startOfBusinessDate } from '../shared/calendar.rules.ts';

/** The facts that decide how long an authorization stays open. */
export interface AuthorizationFacts {
  readonly authorizedAt: Date;
  /** End of the authorization according to the contract. */
  readonly authorizedUntil: Date;
  /** The first day after the buyer's tenure; null while no end is known. */
  readonly holderTo: string | null;
  /** Whether the line is active and the issued ID has not ended. */
  readonly isUsable: boolean;
}

interface Moment {
  readonly now: Date;
  readonly timeZone: string;
}

/**
 * Until when an authorization can be captured: for the days in the contract, but not after the entitlement is lost (domain.md §2).
 * A line that changes hands is lost when the day of its next holder begins, any other loss takes effect at once; the end
 * is never before the authorization itself.
 */
export function authorizationEnd(facts: AuthorizationFacts, { now, timeZone }: Moment): Date {
  const { authorizedAt, authorizedUntil, holderTo, isUsable } = facts;
  const ends = [authorizedUntil];
  if (holderTo !== null) ends.push(startOfBusinessDate(holderTo, timeZone));
  if (!isUsable) ends.push(now);
  const first = Math.min(...ends.map((end) => end.getTime()));
  return new Date(Math.max(first, authorizedAt.getTime()));
}
