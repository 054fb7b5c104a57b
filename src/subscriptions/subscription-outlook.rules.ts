import { addMonths, lastDayOfMonth, monthOf } from '../shared/calendar-date.rules.ts';
import {
  dueOfMonth,
  firstOpenMonth,
  listDueThrough,
  type DueMonth,
  type SubscriptionTerms,
} from './subscription.rules.ts';
import type { SubscriptionState } from './subscription-moves.rules.ts';

/** A subscription as far as its coming charges depend on it. */
export interface OutlookFacts {
  readonly state: SubscriptionState;
  /** With the free months that are this subscription's. */
  readonly terms: SubscriptionTerms;
  /** Months of the item that this person is not charged for again. */
  readonly monthsHad: ReadonlySet<string>;
  /** The terms of sale have a free last month, and the tenure has not used it in another subscription. */
  readonly isLastMonthFree: boolean;
  readonly businessDate: string;
}

/** No subscription waits longer for a charge: a free month and months had before precede it. */
const MAX_MONTHS_AHEAD = 24;

/** The next month that is charged, and on which date; undefined when none is any more. Its date may have come: then tonight. */
export function nextChargeOf({ state, terms, monthsHad }: OutlookFacts): DueMonth | undefined {
  return monthsAhead({ state, terms }).find((due) => due.outcome === 'charge' && !monthsHad.has(due.month));
}

/** The last month that is charged of a subscription that somebody has cancelled; undefined when none is any more. */
export function lastChargeOf({ state, terms, monthsHad }: OutlookFacts): DueMonth | undefined {
  return monthsAhead({ state, terms }).findLast(
    (due) => due.outcome === 'charge' && !monthsHad.has(due.month),
  );
}

/** The free month that comes before the next charge, if there is one. */
export function freeMonthAhead(facts: OutlookFacts): DueMonth | undefined {
  const next = nextChargeOf(facts);
  return monthsAhead(facts).find((due) => due.outcome === 'free' && (!next || due.month < next.month));
}

function monthsAhead({ state, terms }: Pick<OutlookFacts, 'state' | 'terms'>): DueMonth[] {
  if (state !== 'active' && state !== 'leaving') return [];
  const first = firstOpenMonth(terms);
  const months = Array.from({ length: MAX_MONTHS_AHEAD }, (_, n) => addMonths(first, n));
  return months.flatMap((month) => dueOfMonth(terms, month) ?? []);
}

/** What cancelling today would do, as it is stated before it is confirmed. */
export interface CancelPreview {
  /** Months that are still charged, oldest first; nearly always none or the current one. */
  readonly charged: readonly DueMonth[];
  /**
   * The current month: `billed` already; `charged` because of `charged`; `free` as the first or the last; or `had`, paid in
   * an earlier subscription to the same item.
   */
  readonly thisMonth: 'billed' | 'charged' | 'free' | 'had';
  /** Whole months are paid, so it can be used through the end of the current one. */
  readonly usableThrough: string;
  /** Nothing is charged after this month. */
  readonly month: string;
}

/** Previews a cancelling of today by the rules of `cancelSubscription` and the night. */
export function previewCancel({
  terms,
  monthsHad,
  isLastMonthFree,
  businessDate,
}: OutlookFacts): CancelPreview {
  const month = monthOf(businessDate);
  const leaving = { ...terms, leftOn: businessDate, lastMonthFree: isLastMonthFree };
  const dues = listDueThrough(leaving, businessDate);
  const charged = dues.filter((due) => due.outcome === 'charge' && !monthsHad.has(due.month));
  const current = dues.find((due) => due.month === month);
  return {
    charged,
    thisMonth: currentMonth(current, monthsHad),
    usableThrough: lastDayOfMonth(month),
    month,
  };
}

function currentMonth(due: DueMonth | undefined, monthsHad: ReadonlySet<string>): CancelPreview['thisMonth'] {
  if (!due) return 'billed';
  if (due.outcome === 'free') return 'free';
  return monthsHad.has(due.month) ? 'had' : 'charged';
}
