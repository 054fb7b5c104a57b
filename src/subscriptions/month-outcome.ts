import type { Problem } from '../shared/problem.ts';
import type { LockedRenewal } from './lock-renewals.ts';
import type { MonthlyCharge } from './monthly-charge.ts';
import type { DueMonth } from './subscription.rules.ts';

/** A month of a locked subscription that has fallen due. */
export interface MonthWish extends LockedRenewal {
  readonly due: DueMonth;
}

/**
 * What became of a due month. `taken`: the subscriber has had this month of the item before, having left and
 * joined again; but one that was free as the last is charged after all. `refused`: limits, contract or company forbid the charge; the month is over (ours: it is not
 * tried again). `waiting`: no contract is on record for the day; it stays due.
 */
export type MonthOutcome =
  | { readonly kind: 'charged'; readonly charge: MonthlyCharge }
  | { readonly kind: 'free' | 'taken' }
  | { readonly kind: 'refused' | 'waiting'; readonly problem: Problem };
