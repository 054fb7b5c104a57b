import { addDays } from './calendar-date.rules.ts';
import type { Currency } from './money.ts';
import { isTransferDay, nextTransferDay, previousTransferDay } from './transfer-days.rules.ts';

/** How many business days ahead a bank takes an order. */
export const MAX_DAYS_AHEAD = 15;

/** The first and the last transfer date that can be ordered on a day. */
export interface OrderWindow {
  readonly first: string;
  readonly last: string;
}

/**
 * The transfer dates that the bank takes an order for (domain.md section 6): bank days of the currency, the order not later than one
 * business day before, so never for the same day, and at most 15 business days ahead.
 */
export function orderWindow(orderedOn: string, currency: Currency): OrderWindow {
  // What is ordered while the banks are closed arrives on the next bank day.
  const first = addTransferDays(nextTransferDay(orderedOn, currency), 1, currency);
  return { first, last: addTransferDays(previousTransferDay(orderedOn, currency), MAX_DAYS_AHEAD, currency) };
}

/** When a payout is transferred: on the day that is due, or on the first one that can still be ordered after it. */
export function transferDate(dueOn: string, orderedOn: string, currency: Currency): string {
  const { first } = orderWindow(orderedOn, currency);
  return dueOn < first ? first : nextTransferDay(dueOn, currency);
}

/** Why a transfer on this date cannot be ordered today; undefined if it can. */
export function findWindowFault(payOn: string, orderedOn: string, currency: Currency): string | undefined {
  const { first, last } = orderWindow(orderedOn, currency);
  if (!isTransferDay(payOn, currency)) return `${payOn} is not a bank day`;
  if (payOn < first) return `${payOn} can no longer be ordered on ${orderedOn}: the first date is ${first}`;
  if (payOn > last) return `${payOn} cannot be ordered on ${orderedOn} yet: the last date is ${last}`;
  return undefined;
}

function addTransferDays(date: string, days: number, currency: Currency): string {
  let day = date;
  for (let left = days; left > 0; left -= 1) day = nextTransferDay(addDays(day, 1), currency);
  return day;
}
