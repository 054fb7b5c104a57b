import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';

export const clawbackColumns = [
  'company',
  'line_id',
  'holder_from',
  'original_period',
  'settled_period',
  'kind',
  'amount',
] as const;

/**
 * What companies give back of what lines did not pay, and get back of what these paid later, by tenure, the month of the invoice and
 * the month of the settlement that has it; without one, it waits. What a company that is settled on what is collected is not
 * paid stands here with the same month twice.
 */
export async function* streamClawbacks(deps: Deps) {
  const key = ['c.code', 'k.lineId', 'k.holderFrom', 'k.billingPeriod', 's.billingPeriod', 'k.kind'] as const;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('clawback as k')
    .innerJoin('company as c', 'c.id', 'k.companyId')
    .leftJoin('settlement as s', 's.id', 'k.settlementId')
    .select(['c.code as company', 'k.lineId', 'k.holderFrom', 'k.billingPeriod as originalPeriod'])
    .select(['s.billingPeriod as settledPeriod', 'k.kind'])
    .select(sql<string | number>`SUM(k.amount_minor)`.as('amount'))
    .groupBy(key)
    .orderBy('c.code')
    .orderBy('k.billingPeriod')
    .orderBy('k.lineId')
    .orderBy('k.holderFrom')
    .orderBy('s.billingPeriod')
    .orderBy('k.kind')
    .execute();
  for (const row of rows) {
    yield {
      company: row.company,
      line_id: row.lineId,
      holder_from: row.holderFrom,
      original_period: row.originalPeriod,
      settled_period: row.settledPeriod,
      kind: row.kind,
      amount: BigInt(row.amount),
    };
  }
}
