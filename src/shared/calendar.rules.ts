import { nextBankDay } from './bank-days.rules.ts';
import { addDays, addMonths, dayOfMonth, isDate, lastDayOfMonth, monthOf } from './calendar-date.rules.ts';

export * from './business-date.rules.ts';
export * from './calendar-date.rules.ts';

/** The day of the month on which a line's billing period closes; 31 stands for the month end (domain.md section 3). */
export type ClosingGroup = 5 | 10 | 15 | 20 | 25 | 31;

/** The closing groups in the order in which they close a billing period: the month end first, the 25th of the next month last. */
export const CLOSING_GROUPS: readonly ClosingGroup[] = [31, 5, 10, 15, 20, 25];

const ISSUE_DELAY_DAYS = 13;

/** Reads a closing group as files write it: `5` … `25`, `31` or `end`. Undefined for anything else. */
export function parseClosingGroup(text: string): ClosingGroup | undefined {
  return text === 'end' ? 31 : CLOSING_GROUPS.find((group) => String(group) === text);
}

/** A closing group as files and people write it. */
export function writeClosingGroup(group: ClosingGroup): number | 'end' {
  return group === 31 ? 'end' : group;
}

/**
 * The billing period a business date belongs to, named by the month the period **begins** in: for the
 * group of the 5th, 2026-06-05 is still 2026-05. Text only, because it runs once per charge.
 */
export function billingPeriodOf(businessDate: string, group: ClosingGroup): string {
  const month = monthOf(businessDate);
  const day = Number(businessDate.slice(8));
  if (businessDate.length !== 10 || !(day >= 1 && day <= 31))
    throw new RangeError(`not a date: ${businessDate}`);
  return group === 31 || day > group ? month : addMonths(month, -1);
}

/** First and last business date of a billing period, both inclusive: 2026-05 of the 5th is 2026-05-06 to 2026-06-05. */
export function periodRange(period: string, group: ClosingGroup): { startsOn: string; closesOn: string } {
  if (group === 31) return { startsOn: `${period}-01`, closesOn: lastDayOfMonth(period) };
  return { startsOn: dayOfMonth(period, group + 1), closesOn: dayOfMonth(addMonths(period, 1), group) };
}

/** The periods that end on a business date: none on most days, one on a closing day. */
export function periodsClosingOn(businessDate: string): { period: string; group: ClosingGroup }[] {
  return CLOSING_GROUPS.map((group) => ({ period: billingPeriodOf(businessDate, group), group })).filter(
    ({ period, group }) => periodRange(period, group).closesOn === businessDate,
  );
}

/** The closing dates of the six groups of a billing period, in chronological order. */
export function closingDatesOf(period: string): { group: ClosingGroup; closesOn: string }[] {
  return CLOSING_GROUPS.map((group) => ({ group, closesOn: periodRange(period, group).closesOn }));
}

/** The date on which the last group (the 25th) of a billing period closes; companies are settled after it. */
export function lastClosingDateOf(period: string): string {
  return periodRange(period, 25).closesOn;
}

/** Date of issue of the invoices of a closing date: 13 days later (domain.md section 3). */
export function issueDate(closesOn: string): string {
  return addDays(closesOn, ISSUE_DELAY_DAYS);
}

/**
 * Due date before the adjustment to bank days: the closing day of the month after the close, so month end stays
 * month end (2026-05-31 → 2026-06-30) and the 5th the 5th. Throws RangeError for a date that closes nothing.
 */
export function unmovedDueDate(closesOn: string): string {
  if (!isDate(closesOn)) throw new RangeError(`not a date: ${closesOn}`);
  const [closing] = periodsClosingOn(closesOn);
  if (!closing) throw new RangeError(`no closing group closes on ${closesOn}`);
  return dayOfMonth(addMonths(monthOf(closesOn), 1), closing.group);
}

/** Due date of the invoices of a closing date, moved to the **next** bank day: the subscriber never pays early. */
export function dueDate(closesOn: string): string {
  return nextBankDay(unmovedDueDate(closesOn));
}
