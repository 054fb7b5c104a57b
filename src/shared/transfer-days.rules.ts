import { isBankDay } from './bank-days.rules.ts';
import { addDays } from './calendar-date.rules.ts';
import type { Currency } from './money.ts';
import { isTargetDay } from './target-days.rules.ts';

/** Days on which the banks of a currency transfer it: those of Japan, or of TARGET for the euro. */
const isOpen = { JPY: isBankDay, EUR: isTargetDay } as const satisfies Record<
  Currency,
  (date: string) => boolean
>;

/** Whether a currency is transferred on a date. @throws RangeError for a date outside the known calendars */
export function isTransferDay(date: string, currency: Currency): boolean {
  return isOpen[currency](date);
}

/** The date itself if the currency is transferred on it, else the first such day after it. */
export function nextTransferDay(date: string, currency: Currency): string {
  let day = date;
  while (!isTransferDay(day, currency)) day = addDays(day, 1);
  return day;
}

/** The date itself if the currency is transferred on it, else the last such day before it. */
export function previousTransferDay(date: string, currency: Currency): string {
  let day = date;
  while (!isTransferDay(day, currency)) day = addDays(day, -1);
  return day;
}
