import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { FeeBranch } from '../settlements/fee.rules.ts';
import { findSettledBefore } from '../settlements/settlement-terms.queries.ts';
import { addMonths } from '../shared/calendar-date.rules.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

/** What a company was settled for the month before. */
export interface MonthBefore {
  readonly totalMinor: bigint;
  readonly feeBranch: FeeBranch;
  /** After refunds, by closing group. */
  readonly groups: ReadonlyMap<ClosingGroup, bigint>;
}

/** The month before a period by company; companies without a settlement of it are not in the map. */
export async function findMonthBefore(deps: Deps, period: string): Promise<ReadonlyMap<number, MonthBefore>> {
  const before = addMonths(period, -1);
  const settlements = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['companyId', 'billedMinor', 'refundedMinor', 'feeBranch'])
    .where('billingPeriod', '=', before)
    .execute();
  const lines = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('settlement_part as l', 'l.settlementId', 's.id')
    .select(['s.companyId', 'l.closingGroup', sql<string | number>`SUM(l.total_minor)`.as('total')])
    .where('s.billingPeriod', '=', before)
    .groupBy(['s.companyId', 'l.closingGroup'])
    .execute();
  const ofCompanies = Map.groupBy(lines, ({ companyId }) => companyId);
  return new Map(
    settlements.map(({ companyId, billedMinor, refundedMinor, feeBranch }) => [
      companyId,
      {
        totalMinor: billedMinor - refundedMinor,
        feeBranch,
        groups: new Map(
          (ofCompanies.get(companyId) ?? []).map(({ closingGroup, total }) => [closingGroup, BigInt(total)]),
        ),
      },
    ]),
  );
}

/** Of companies, those that an earlier settlement has billed anything for. */
export async function findHaveBilled(
  deps: Deps,
  period: string,
  companyIds: readonly number[],
): Promise<ReadonlySet<number>> {
  if (companyIds.length === 0) return new Set();
  const before = await findSettledBefore(deps, period, companyIds);
  return new Set(companyIds.filter((companyId) => before.get(companyId)?.hasBilled));
}
