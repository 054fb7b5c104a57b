import { addDays } from '../shared/calendar-date.rules.ts';

export const watchDays = [7, 30, 90] as const;

export type WatchDays = (typeof watchDays)[number];

/** Business dates, both included, and the first day of the span before, which is as long. */
export interface WatchSpan {
  readonly from: string;
  readonly through: string;
  readonly before: string;
}

/** The span of so many days that ends with a day. */
export function watchSpan(through: string, days: WatchDays): WatchSpan {
  const from = addDays(through, 1 - days);
  return { from, through, before: addDays(from, -days) };
}
