import { addDays, addMonths, dayOfMonth } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS, type DemoCalendar } from './demo-calendar.ts';
import { lastDueDate } from './special-results.ts';
import type { DemoEvent } from './world-plan.ts';

/** Whose first transfer the bank returns, for the account is not right. */
const RETURNED = 'sazanami';

/**
 * Two people order what is due, before the 15th, the 20th and the end of each month, and when the last results of a month are in
 * for the company that waits for them. The bank settles what it can; of the first transfers it returns one, which is sent again to
 * the right account. At the end of the world everything is paid that is due by then.
 */
export function listPayoutEvents({ month, lastDate, endDate, instant }: DemoCalendar): DemoEvent[] {
  const day = (monthsLater: number, of: number) => dayOfMonth(addMonths(month, monthsLater), of);
  const returned = day(1, 23);
  const orders = [
    day(1, 16),
    returned,
    addDays(lastDate, 1),
    day(2, 11),
    day(2, 23),
    addDays(lastDueDate(month), 1),
    day(3, 11),
    day(3, 23),
    addDays(lastDueDate(addMonths(month, 1)), 1),
  ];
  const results = [lastDate, day(2, 1), day(2, 23), day(3, 1), day(3, 23), endDate];
  return [
    ...orders.map((date): DemoEvent => ({ kind: 'order-payouts', at: instant(date, 11 * HOUR_MS) })),
    { kind: 'payout-results', at: instant(returned, 9 * HOUR_MS), returnsOf: RETURNED },
    ...results.map((date): DemoEvent => ({ kind: 'payout-results', at: instant(date, 17 * HOUR_MS) })),
  ];
}
