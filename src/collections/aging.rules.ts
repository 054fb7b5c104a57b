import { closingDatesOf, dueDate, type ClosingGroup } from '../shared/calendar.rules.ts';

/** How long something is open after it was due. */
export const ageBands = ['not-due', '0-30', '31-60', '61-90', 'over-90'] as const;
export type AgeBand = (typeof ageBands)[number];

const DAY_MS = 24 * 60 * 60_000;

/** Whole days from one date to a later one; below zero for an earlier one. */
function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS;
}

/** The day on which the invoices of a closing group were due. */
export function dueOnOf(period: string, group: ClosingGroup): string {
  const closing = closingDatesOf(period).find((date) => date.group === group);
  if (closing === undefined) throw new RangeError(`${period} has no closing group ${group}`);
  return dueDate(closing.closesOn);
}

/** The band of an invoice on a day: the day on which it is due is day 0. */
export function bandOf(dueOn: string, today: string): AgeBand {
  const days = daysBetween(dueOn, today);
  if (days < 0) return 'not-due';
  if (days <= 30) return '0-30';
  if (days <= 60) return '31-60';
  return days <= 90 ? '61-90' : 'over-90';
}
