import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';

/** The settled totals of a period, for the manifest: amounts as text. */
export interface SettledTotals {
  readonly settled: number;
  readonly billed: string;
  readonly fee: string;
  readonly feeTax: string;
  readonly payout: string;
}

/** Sums up the settlements of a billing period. */
export async function sumSettled(deps: Deps, period: string): Promise<SettledTotals> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(({ fn }) => [
      fn.countAll().as('settled'),
      fn.sum('billedMinor').as('billed'),
      fn.sum('feeExTaxMinor').as('fee'),
      fn.sum('feeTaxMinor').as('feeTax'),
      fn.sum('payoutMinor').as('payout'),
    ])
    .where('billingPeriod', '=', period)
    .executeTakeFirstOrThrow();
  return {
    settled: Number(row.settled),
    billed: sumText(row.billed),
    fee: sumText(row.fee),
    feeTax: sumText(row.feeTax),
    payout: sumText(row.payout),
  };
}

function sumText(sum: string | number | bigint | null): string {
  return String(sum ?? 0);
}

/** What was billed in each settlement of a period, by company. */
export async function findSettled(deps: Deps, period: string): Promise<Map<number, bigint>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['companyId', 'billedMinor'])
    .where('billingPeriod', '=', period)
    .execute();
  return new Map(rows.map((row) => [row.companyId, row.billedMinor]));
}

/** Companies with a settlement of an earlier period that nobody has approved yet. */
export async function findUnapprovedBefore(deps: Deps, period: string): Promise<Set<number>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select('companyId')
    .where('billingPeriod', '<', period)
    .where('state', 'in', ['draft', 'rejected'])
    .execute();
  return new Set(rows.map(({ companyId }) => companyId));
}
