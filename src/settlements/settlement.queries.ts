import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { calculateFee, type FeeBranch } from './fee.rules.ts';

/** One settlement as lists and exports show it. */
export interface SettlementRow {
  readonly company: string;
  readonly billingPeriod: string;
  readonly billedMinor: bigint;
  readonly lineCount: number;
  readonly itemCount: number;
  /** Billed less refunds per line, two decimals, floored: `800.00`. */
  readonly average: string;
  readonly tariff: string;
  readonly feeBranch: FeeBranch;
  readonly feeExTaxMinor: bigint;
  readonly feeTaxMinor: bigint;
  readonly refundedMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly payoutMinor: bigint;
  readonly payoutOn: string;
  readonly number: string;
  readonly state: 'draft' | 'approved' | 'paid';
}

/** All settlements of a billing period, by company code. */
export async function listSettlements(deps: Deps, { period }: { period: string }): Promise<SettlementRow[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .select(['c.code as company', 's.billingPeriod', 's.billedMinor', 's.lineCount'])
    .select(['s.itemCount', 's.tariffCode as tariff', 't.definition', 's.feeBranch', 's.feeExTaxMinor'])
    .select(['s.feeTaxMinor', 's.refundedMinor', 's.carriedInMinor', 's.carriedOutMinor', 's.payoutMinor'])
    .select(['s.payoutOn', 's.number', 's.state'])
    .where('s.billingPeriod', '=', period)
    .orderBy('c.code')
    .execute();
  return rows.map(({ definition, ...row }) => {
    const { billedMinor, refundedMinor, lineCount, itemCount } = row;
    const totalMinor = billedMinor - refundedMinor;
    return { ...row, average: calculateFee(definition, { totalMinor, lineCount, itemCount }).averageFloor2 };
  });
}
