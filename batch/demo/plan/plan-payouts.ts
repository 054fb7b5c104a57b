import { addMonths, dayOfMonth } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS, type DemoCalendar } from './demo-calendar.ts';
import type { DemoEvent } from './world-plan.ts';

/** Days of the month after the demo's, by which the month before is paid: ordered before its 20th, and before its end. */
const ORDERED = 16;
const FIRST_RESULTS = 23;
/** Whose first transfer the bank returns, for the account is not right. */
const RETURNED = 'sazanami';

/**
 * The settlements of the month before are paid: two people order what is due, the bank settles what it can and returns one
 * transfer, and that is sent again to the right account. What is due at the month's end is ordered and not transferred yet.
 */
export function listPayoutEvents({ month, lastDate, instant }: DemoCalendar): DemoEvent[] {
  const at = (day: number, hour: number) => instant(dayOfMonth(addMonths(month, 1), day), hour * HOUR_MS);
  return [
    { kind: 'order-payouts', at: at(ORDERED, 11) },
    { kind: 'payout-results', at: at(FIRST_RESULTS, 9), returnsOf: RETURNED },
    { kind: 'order-payouts', at: at(FIRST_RESULTS, 11) },
    { kind: 'payout-results', at: instant(lastDate, 17 * HOUR_MS) },
  ];
}
