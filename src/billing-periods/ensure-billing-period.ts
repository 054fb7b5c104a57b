import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { compare, dueDate, issueDate, periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';

/** A billing period of one closing group, the unit that opens, closes and is proven. */
export interface PeriodKey {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
}

/** One text for a billing period of a closing group. */
export const periodKey = ({ period, closingGroup }: PeriodKey): string => `${period}|${closingGroup}`;

/** Each period once. */
export function distinctPeriods(periods: readonly PeriodKey[]): PeriodKey[] {
  return [...new Map(periods.map((p) => [periodKey(p), p])).values()];
}

/**
 * Creates the rows of billing periods that do not exist yet, as open. A row stores its dates, so that a later change of
 * the calendar's rules does not move a current period. Rows are inserted in the order of their keys, so that transactions
 * that open the same periods do not deadlock.
 */
export async function ensureBillingPeriods(deps: Deps, periods: readonly PeriodKey[]): Promise<void> {
  if (periods.length === 0) return;
  await sqlOf(emOf(deps))
    .insertInto('billing_period')
    .ignore()
    .values(periods.toSorted(byKey).map((key) => newBillingPeriod(key, deps.config.invoiceDetailsLayout)))
    .execute();
}

function byKey(one: PeriodKey, other: PeriodKey): number {
  return compare(one.period, other.period) || one.closingGroup - other.closingGroup;
}

function newBillingPeriod({ period, closingGroup }: PeriodKey, layout: 1 | 2) {
  const { startsOn, closesOn } = periodRange(period, closingGroup);
  return {
    period,
    closingGroup,
    startsOn,
    closesOn,
    issueOn: issueDate(closesOn),
    dueOn: dueDate(closesOn),
    state: 'open' as const,
    invoiceCount: null,
    itemCount: null,
    totalMinor: null,
    checksum: null,
    closedAt: null,
    // A period keeps the format it was opened with, so that its file has one layout and can be written again.
    invoiceFormat: layout === 1 ? (3 as const) : (4 as const),
  };
}
