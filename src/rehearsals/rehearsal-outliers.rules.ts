import type { FeeBranch } from '../settlements/fee.rules.ts';

/** What people look at before a close: most figures are as they always are. */
export const outlierNames = ['change', 'first-sale', 'fee-branch', 'negative'] as const;
export type OutlierName = (typeof outlierNames)[number];

/** A change counts when it is more than both (our decision). */
export const OUTLIER_PERCENT = 30n;
export const OUTLIER_MINOR = 10_000n;

/** The figures of a company that are looked at. */
export interface LookedAt {
  /** T. */
  readonly totalMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly feeBranch: FeeBranch;
  /** Of the month before; undefined where it is not settled. */
  readonly before?: { readonly totalMinor: bigint; readonly feeBranch: FeeBranch } | undefined;
  /** Whether an earlier settlement has billed anything. */
  readonly hasBilled: boolean;
}

/** What is out of the ordinary in a company's month. */
export function listOutliers(month: LookedAt): readonly OutlierName[] {
  const { totalMinor, carriedOutMinor, feeBranch, before, hasBilled } = month;
  const found: Record<OutlierName, boolean> = {
    change: before !== undefined && isLargeChange(totalMinor, before.totalMinor),
    'first-sale': !hasBilled && totalMinor > 0n,
    // Without a total there is no fee, and so no branch that says anything.
    'fee-branch':
      before !== undefined && before.totalMinor > 0n && totalMinor > 0n && feeBranch !== before.feeBranch,
    negative: totalMinor < 0n || carriedOutMinor < 0n,
  };
  return outlierNames.filter((name) => found[name]);
}

/** More than 30% of what it was, and more than ¥10,000; compared exactly. */
export function isLargeChange(totalMinor: bigint, beforeMinor: bigint): boolean {
  const change = absolute(totalMinor - beforeMinor);
  return change > OUTLIER_MINOR && change * 100n > absolute(beforeMinor) * OUTLIER_PERCENT;
}

const absolute = (minor: bigint) => (minor < 0n ? -minor : minor);
