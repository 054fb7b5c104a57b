import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { writeAverage } from '../../../src/shared/average.rules.ts';
import { emOf } from '../../../src/database/transaction.ts';

export const settlementColumns = [
  'company',
  'billing_period',
  'billed_total',
  'line_count',
  'average',
  'tariff',
  'fee_branch',
  'fee_ex_tax',
  'fee_tax',
  'refunds',
  'carried_in',
  'payout',
  'payout_date',
] as const;

/** Every settlement, by period and company. */
export async function* streamSettlements(deps: Deps) {
  for (const { name: _, ...row } of await listSettlements(deps)) yield row;
}

/** The settlements with the name of the company, of one period or of all. */
export async function listSettlements(deps: Deps, period?: string) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .selectAll('s')
    .select(['c.code', 'c.name'])
    .$if(period !== undefined, (query) => query.where('s.billingPeriod', '=', period!))
    .orderBy('s.billingPeriod')
    .orderBy('c.code')
    .execute();
  return rows.map((row) => ({
    name: row.name,
    company: row.code,
    billing_period: row.billingPeriod,
    billed_total: row.billedMinor,
    line_count: row.lineCount,
    average: writeAverage(row.billedMinor, row.lineCount),
    tariff: row.tariffCode,
    fee_branch: row.feeBranch,
    fee_ex_tax: row.feeExTaxMinor,
    fee_tax: row.feeTaxMinor,
    refunds: row.refundedMinor,
    carried_in: row.carriedInMinor,
    payout: row.payoutMinor,
    payout_date: row.payoutOn,
  }));
}
