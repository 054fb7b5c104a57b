import { businessDateOf, endOfBusinessDate, startOfBusinessDate } from '../shared/business-date.rules.ts';

/**
 * `subscriber`: what one issued ID writes to companies. `purchase`: what anybody writes about one purchase. `company`: what
 * all write to one company. `support`: reports and notes of one issued ID, or mails of one address, to the support centre. `stranger`: cases
 * that mails of unknown addresses open, all together, because senders can be made up without end and a year has 999,999 numbers.
 */
export type QuotaScope = 'subscriber' | 'purchase' | 'company' | 'support' | 'stranger';

interface Quota {
  readonly most: number;
  readonly window: 'hour' | 'business-date';
}

/** How many messages are taken in a window (our decision): people write a few, programs many. */
export const CONTACT_QUOTAS: Readonly<Record<QuotaScope, Quota>> = {
  subscriber: { most: 10, window: 'business-date' },
  purchase: { most: 5, window: 'business-date' },
  company: { most: 60, window: 'hour' },
  support: { most: 20, window: 'business-date' },
  stranger: { most: 500, window: 'business-date' },
};

const HOUR_MS = 3_600_000;

/** The window of a scope that an instant is in; half-open. */
export function quotaWindow(
  scope: QuotaScope,
  now: Date,
  timeZone: string,
): { startsAt: Date; endsAt: Date } {
  if (CONTACT_QUOTAS[scope].window === 'hour') {
    const startMs = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
    return { startsAt: new Date(startMs), endsAt: new Date(startMs + HOUR_MS) };
  }
  const date = businessDateOf(now, timeZone);
  return { startsAt: startOfBusinessDate(date, timeZone), endsAt: endOfBusinessDate(date, timeZone) };
}
