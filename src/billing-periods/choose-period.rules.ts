import { addMonths, billingPeriodOf, type ClosingGroup } from '../shared/calendar.rules.ts';

/** A billing period of a tenure, by the closing group the tenure began it with. */
export interface PeriodState {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  readonly state: 'open' | 'closing' | 'closed';
  /** Its last business date. */
  readonly closesOn: string;
}

/** A charge of a business date, and the closing group that the line is in now. */
export interface ChargeDate {
  readonly businessDate: string;
  readonly closingGroup: ClosingGroup;
}

export type PeriodChoice<Period extends PeriodState> =
  | { readonly kind: 'chosen'; readonly period: Period; readonly late: boolean }
  /** This period decides, and it is not known yet. */
  | { readonly kind: 'unknown'; readonly period: string };

/** More closed periods than this in front of an open one are a fault, not a late charge. */
const MAX_MONTHS_LATE = 24;

/**
 * Chooses the billing period to which a charge belongs (domain.md §3).
 *
 * It is the period of the business date; if that has closed, or is closing, it is the next open one, and the charge is
 * late. The closing group is the line's, but a period that a tenure began with another group stays with that group, so
 * that a tenure has one invoice for a period even if the line master changes the group meanwhile. If that group's period
 * ends before the business date, the charge belongs to the next one, closed or not, and is not late for that reason.
 *
 * `find` gives what is known of a period of the tenure.
 */
export function choosePeriod<Period extends PeriodState>(
  { businessDate, closingGroup }: ChargeDate,
  find: (period: string) => Period | undefined,
): PeriodChoice<Period> {
  const first = billingPeriodOf(businessDate, closingGroup);
  let late = false;
  for (let months = 0; months <= MAX_MONTHS_LATE; months += 1) {
    const name = addMonths(first, months);
    const period = find(name);
    if (!period) return { kind: 'unknown', period: name };
    const isOver = period.closesOn < businessDate;
    if (!isOver && period.state === 'open') return { kind: 'chosen', period, late };
    late ||= !isOver;
  }
  throw new Error(`no open billing period for a charge of ${businessDate} in group ${closingGroup}`);
}
