import { dueOfMonth, firstOpenMonth, type SubscriptionTerms } from './subscription.rules.ts';
import type { SubscriptionState } from './subscription-moves.rules.ts';

/** What decides when a subscription has something due next. Dates are business dates, months `YYYY-MM`. */
interface Scheduled {
  readonly state: SubscriptionState;
  readonly joinedOn: string;
  readonly leftOn?: string | null | undefined;
  readonly chargeDay: number;
  readonly renewedThrough?: string | null | undefined;
}

/**
 * The business date whose night finds a subscription due: for its oldest month that is not billed yet, or for its end once
 * all months are. Null when nothing more falls due. A free month falls due like a charged one.
 */
export function nextDueOn({ state, joinedOn, chargeDay, ...rest }: Scheduled): string | null {
  if (state !== 'active' && state !== 'leaving') return null;
  const leftOn = rest.leftOn ?? undefined;
  const renewedThrough = rest.renewedThrough ?? undefined;
  const free = { firstMonthFree: false, lastMonthFree: false };
  const terms: SubscriptionTerms = { joinedOn, leftOn, chargeDay, renewedThrough, ...free };
  return dueOfMonth(terms, firstOpenMonth(terms))?.dueOn ?? leftOn ?? null;
}
