import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import {
  addMonths,
  CLOSING_GROUPS,
  lastClosingDateOf,
  monthOf,
  type ClosingGroup,
} from '../shared/calendar.rules.ts';

/** A billing period that is over and not settled in full. */
export interface PeriodToSettle {
  readonly period: string;
  /** Closing groups whose period is not closed. */
  readonly openGroups: readonly ClosingGroup[];
  /** Closing groups that have no billing period at all. */
  readonly missingGroups: readonly ClosingGroup[];
  /** Totals of the closed groups, by their proofs of close. */
  readonly totalMinor: bigint;
  readonly itemCount: number;
  /** Companies that carry a balance from an earlier period, and those to which refunds by bank were booked in its month. */
  readonly carrying: ReadonlySet<number>;
  /** Companies whose settlement of the period was rejected. */
  readonly rejected: ReadonlySet<number>;
}

/**
 * The billing periods whose last closing date has come by a business date and that still hold something to
 * settle, oldest first. A period settled in full is recognised by its counts, without looking at its items.
 */
export async function findPeriodsToSettle(deps: Deps, businessDate: string): Promise<PeriodToSettle[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'state', 'itemCount', 'totalMinor'])
    .where('period', '<=', lastPeriodOver(businessDate))
    .orderBy('period')
    .execute();
  const settled = await countSettledItems(deps);
  const carried = await findCarriedBalances(deps);
  const rejected = await findRejected(deps);
  const refunding = await findRefundsByBank(deps);
  return [...Map.groupBy(rows, (row) => row.period)].flatMap(([period, groups]) => {
    const found: PeriodToSettle = {
      period,
      openGroups: groups.filter((group) => group.state !== 'closed').map((group) => group.closingGroup),
      missingGroups: CLOSING_GROUPS.filter((group) => !groups.some((row) => row.closingGroup === group)),
      totalMinor: groups.reduce((sum, group) => sum + (group.totalMinor ?? 0n), 0n),
      itemCount: groups.reduce((sum, group) => sum + (group.itemCount ?? 0), 0),
      carrying: new Set([
        ...carried.filter((row) => row.period < period).map((row) => row.companyId),
        ...refunding.filter((row) => row.period === period).map((row) => row.companyId),
      ]),
      rejected: new Set(rejected.filter((row) => row.period === period).map((row) => row.companyId)),
    };
    const isDrafted = found.itemCount === (settled.get(period) ?? 0);
    const settledInFull = isDrafted && found.carrying.size + found.rejected.size === 0;
    return settledInFull && found.openGroups.length === 0 ? [] : [found];
  });
}

/** The latest period whose six groups have all had their closing date. */
function lastPeriodOver(businessDate: string): string {
  const period = addMonths(monthOf(businessDate), -1);
  return lastClosingDateOf(period) <= businessDate ? period : addMonths(period, -1);
}

async function countSettledItems(deps: Deps): Promise<Map<string, number>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('billingPeriod')
    .select(({ fn }) => fn.sum(fn.coalesce('invoicedItemCount', 'itemCount')).as('items'))
    .groupBy('billingPeriod')
    .execute();
  return new Map(rows.map((row) => [row.billingPeriod, Number(row.items)]));
}

interface CompanyOfPeriod {
  readonly companyId: number;
  readonly period: string;
}

async function findRejected(deps: Deps): Promise<CompanyOfPeriod[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .select(['s.companyId', 's.billingPeriod as period'])
    .where('s.state', '=', 'rejected')
    .execute();
}

/** Companies with refunds by bank in a month that they are not settled for; they may have sold nothing in it. */
async function findRefundsByBank(deps: Deps): Promise<CompanyOfPeriod[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .leftJoin('settlement as s', (join) =>
      join.onRef('s.companyId', '=', 'r.companyId').onRef('s.billingPeriod', '=', 'r.billingPeriod'),
    )
    .select(['r.companyId', 'r.billingPeriod as period'])
    .distinct()
    .where('r.kind', '=', 'bank')
    .where('s.id', 'is', null)
    .execute();
}

/** Companies whose latest settlement is approved and left a balance, with the period of that settlement. */
async function findCarriedBalances(deps: Deps): Promise<CompanyOfPeriod[]> {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .select(['s.companyId', 's.billingPeriod as period'])
    .where('s.carriedOutMinor', '<>', 0n)
    .where('s.state', 'in', ['approved', 'paid'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('settlement as later')
            .select('later.id')
            .whereRef('later.companyId', '=', 's.companyId')
            .whereRef('later.billingPeriod', '>', 's.billingPeriod'),
        ),
      ),
    )
    .execute();
}
