import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { writeAverage } from '../../../src/shared/average.rules.ts';
import { emOf } from '../../../src/database/transaction.ts';
import { yesNo } from './yes-no.ts';

export const settlementColumns = [
  'company',
  'billing_period',
  'settled_on',
  'legal_model',
  'billed_total',
  'refunds',
  'line_count',
  'average',
  'tariff',
  'fee_branch',
  'fee_taxable',
  'fee_ex_tax',
  'fee_tax',
  'set_up_fee',
  'set_up_tax',
  'clawbacks',
  'recoveries',
  'carried_in',
  'transfer_fee',
  'payout',
  'carried_out',
  'payout_date',
  'state',
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
    settled_on: row.settledOn,
    legal_model: row.legalModel,
    billed_total: row.billedMinor,
    refunds: row.refundedMinor,
    line_count: row.lineCount,
    average: writeAverage(row.billedMinor - row.refundedMinor, row.lineCount),
    tariff: row.tariffCode,
    fee_branch: row.feeBranch,
    fee_taxable: yesNo(row.feeTaxable),
    fee_ex_tax: row.feeExTaxMinor,
    fee_tax: row.feeTaxMinor,
    set_up_fee: row.setUpExTaxMinor,
    set_up_tax: row.setUpTaxMinor,
    clawbacks: row.clawbackMinor,
    recoveries: row.recoveryMinor,
    carried_in: row.carriedInMinor,
    transfer_fee: row.transferFeeMinor,
    payout: row.payoutMinor,
    carried_out: row.carriedOutMinor,
    payout_date: row.payoutOn,
    state: row.state,
  }));
}
