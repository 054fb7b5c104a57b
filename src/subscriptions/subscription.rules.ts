import { addMonths, dayOfMonth, isDate, monthOf } from '../shared/calendar-date.rules.ts';

/** What decides the months of a monthly subscription. Dates are business dates, months `YYYY-MM`. */
export interface SubscriptionTerms {
  readonly joinedOn: string;
  readonly leftOn?: string | undefined;
  /** 1–25, or 31 for the month end; 29 and 30 are taken too and mean the last day of a shorter month. */
  readonly chargeDay: number;
  /** The terms of sale have a free first month, and it is this subscription's (domain.md §2: once per tenure and item). */
  readonly firstMonthFree: boolean;
  /** The same for a free last month. */
  readonly lastMonthFree: boolean;
  /** Last month of this subscription that is over: charged, free, refused, or had in an earlier subscription. */
  readonly renewedThrough?: string | undefined;
}

export interface DueMonth {
  readonly month: string;
  readonly outcome: 'charge' | 'free';
  readonly dueOn: string;
}

/**
 * Every month due by a business date, oldest first, those of missed nights included.
 */
export function listDueThrough(terms: SubscriptionTerms, businessDate: string): DueMonth[] {
  const lastMonth = monthOf(businessDate);
  const dues: DueMonth[] = [];
  for (let month = firstOpenMonth(terms); month <= lastMonth; month = addMonths(month, 1)) {
    const due = dueOfMonth(terms, month);
    if (due && due.dueOn <= businessDate) dues.push(due);
  }
  return dues;
}

/** The oldest month that is not billed yet, whether or not the subscription lasts so long. */
export function firstOpenMonth({ joinedOn, renewedThrough }: SubscriptionTerms): string {
  const joined = monthOf(joinedOn);
  return renewedThrough !== undefined && renewedThrough >= joined ? addMonths(renewedThrough, 1) : joined;
}

/**
 * Whole months from joining through cancelling, each due on its charge day; the first not before the joining, the last not
 * after the cancelling (domain.md section 2).
 */
export function dueOfMonth(terms: SubscriptionTerms, month: string): DueMonth | undefined {
  assertTerms(terms);
  const { joinedOn, leftOn } = terms;
  if (month < firstOpenMonth(terms) || (leftOn !== undefined && month > monthOf(leftOn))) return undefined;
  const chargeDate = dayOfMonth(month, terms.chargeDay);
  const sinceJoining = joinedOn > chargeDate ? joinedOn : chargeDate;
  const dueOn = leftOn !== undefined && leftOn < sinceJoining ? leftOn : sinceJoining;
  return { month, outcome: isFree(terms, month, sinceJoining) ? 'free' : 'charge', dueOn };
}

/** Whether a month of these terms is free as the last one, and not as the first. */
export function isFreeAsLast({ joinedOn }: Pick<SubscriptionTerms, 'joinedOn'>, due: DueMonth): boolean {
  return due.outcome === 'free' && due.month !== monthOf(joinedOn);
}

/** Whether cancelling on `leftOn` makes the month of that day free as the last one. */
export function leavesForFree(terms: SubscriptionTerms & { readonly leftOn: string }): boolean {
  return listDueThrough(terms, terms.leftOn).some((due) => isFreeAsLast(terms, due));
}

/**
 * The last month is free when the subscriber cancels on or before its charge day; after that it stays charged. The month of
 * joining is never free as the last one: otherwise joining and cancelling at once would cost nothing (our decision).
 */
function isFree(terms: SubscriptionTerms, month: string, chargedFrom: string): boolean {
  const { joinedOn, leftOn } = terms;
  if (month === monthOf(joinedOn)) return terms.firstMonthFree;
  return terms.lastMonthFree && leftOn !== undefined && month === monthOf(leftOn) && leftOn <= chargedFrom;
}

function assertTerms({ joinedOn, leftOn }: SubscriptionTerms): void {
  if (!isDate(joinedOn)) throw new RangeError(`not a date of joining: ${joinedOn}`);
  if (leftOn !== undefined && (!isDate(leftOn) || leftOn < joinedOn)) {
    throw new RangeError(`left on ${leftOn}, having joined on ${joinedOn}`);
  }
}
