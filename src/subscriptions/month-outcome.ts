import type { CapturedCharge } from '../charges/capture-sales.ts';
import type { Problem } from '../shared/problem.ts';
import type { LockedRenewal } from './lock-renewals.ts';
import type { DueMonth } from './subscription.rules.ts';

/** A month of a locked subscription that has fallen due and is to be billed. */
export interface MonthRequest extends LockedRenewal {
  readonly due: DueMonth;
}

/**
 * The outcome of a due month. `taken`: the subscriber has had this month of the item before, having cancelled and
 * joined again; a month that was free as the last one is charged after all. `refused`: limits, contract or company forbid the
 * charge; the month is over, and not tried again (our decision). `waiting`: no contract is on record for the day; it stays due.
 */
export type MonthOutcome =
  | { readonly kind: 'charged'; readonly charge: CapturedCharge }
  | { readonly kind: 'free' | 'taken' }
  | { readonly kind: 'refused' | 'waiting'; readonly problem: Problem };
