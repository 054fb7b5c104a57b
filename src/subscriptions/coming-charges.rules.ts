import { addMonths, dayOfMonth, monthOf } from '../shared/calendar-date.rules.ts';
import type { FreeMonthsLeft } from './free-months.ts';
import type { Subscription } from './subscription.entity.ts';
import { listDueThrough, type DueMonth } from './subscription.rules.ts';

/** What decides when somebody who joins now is charged. Left out: not known yet, as before a sign-in. */
export interface JoiningHistory {
  /** Months of the item that the buyer has had. */
  readonly monthsHad?: ReadonlySet<string> | undefined;
  /** Months of the item that a cancelled subscription is still charged for tonight. */
  readonly monthsLeaving?: ReadonlySet<string> | undefined;
  /** Free months of the item that the line can still have. */
  readonly freeMonthsLeft?: FreeMonthsLeft | undefined;
}

type Offered = Pick<Subscription, 'chargeDay' | 'firstMonthFree' | 'lastMonthFree'>;

/** The first two charges of somebody who joins on a business date, each of a whole month: after free months and months had. */
export function listComingCharges(
  { chargeDay, firstMonthFree, lastMonthFree }: Offered,
  businessDate: string,
  { monthsHad, monthsLeaving, freeMonthsLeft }: JoiningHistory,
): DueMonth[] {
  const isFirst = freeMonthsLeft?.first ?? true;
  const joining = {
    joinedOn: businessDate,
    chargeDay,
    firstMonthFree: firstMonthFree && isFirst,
    lastMonthFree,
  };
  const through = dayOfMonth(addMonths(monthOf(businessDate), 2), 31);
  return listDueThrough(joining, through)
    .filter(({ outcome, month, dueOn }) => {
      const isPaidByOther = dueOn > businessDate && monthsLeaving?.has(month);
      return outcome === 'charge' && !monthsHad?.has(month) && !isPaidByOther;
    })
    .slice(0, 2);
}
