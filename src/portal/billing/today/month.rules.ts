import {
  addDays,
  closingDatesOf,
  addMonths,
  dueDate,
  issueDate,
  type ClosingGroup,
} from '../../../shared/calendar.rules.ts';
import { isBankDay } from '../../../shared/bank-days.rules.ts';

/** What happens on a day. */
export interface DayEvents {
  readonly date: string;
  readonly isInMonth: boolean;
  readonly isBankDay: boolean;
  readonly closes?: { readonly period: string; readonly group: ClosingGroup } | undefined;
  /** Months whose invoices of a group are issued, and are due. */
  readonly issues?: { readonly period: string; readonly group: ClosingGroup } | undefined;
  readonly due?: { readonly period: string; readonly group: ClosingGroup } | undefined;
  readonly payouts: number;
}

/** Months before one whose closes can have dates in it: an invoice is due in the month after the close, moved to a bank day. */
const MONTHS_BACK = 3;

/** The weeks of a month from Sunday to Saturday, with closes, issue and due dates, days of payouts and days without banks. */
export function weeksOf(
  month: string,
  payoutDays: readonly { readonly date: string; readonly count: number }[],
): DayEvents[][] {
  const closes = Array.from({ length: MONTHS_BACK + 1 }, (_, back) => addMonths(month, -back)).flatMap(
    (period) => closingDatesOf(period).map(({ group, closesOn }) => ({ period, group, closesOn })),
  );
  const found = (date: string, dateOf: (closesOn: string) => string) =>
    closes.find(({ closesOn }) => dateOf(closesOn) === date);
  const first = `${month}-01`;
  let day = addDays(first, -weekdayOf(first));
  const weeks: DayEvents[][] = [];
  do {
    const week: DayEvents[] = [];
    for (let weekday = 0; weekday < 7; weekday += 1) {
      const date = day;
      week.push({
        date,
        isInMonth: date.startsWith(month),
        isBankDay: isBankDay(date),
        closes: found(date, (closesOn) => closesOn),
        issues: found(date, issueDate),
        due: found(date, dueDate),
        payouts: payoutDays.find((one) => one.date === date)?.count ?? 0,
      });
      day = addDays(day, 1);
    }
    weeks.push(week);
  } while (day.startsWith(month));
  return weeks;
}

const weekdayOf = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay();
