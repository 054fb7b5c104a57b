import type { Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { calculateFee, type Fee } from '../settlements/fee.rules.ts';
import { findSettledBefore } from '../settlements/settlement-terms.queries.ts';
import { feeBase } from '../settlements/settlement.rules.ts';
import { Problem } from '../shared/problem.ts';

/**
 * A settlement with its company, contract and tariff version. A company finds its own that are approved: what the night has
 * drafted may still change.
 * @throws Problem `settlement-not-found`
 */
export async function getExplained(deps: Deps, { rows: { companyId } }: Owned, number: string) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('contract as k', 'k.id', 's.contractId')
    .innerJoin('tariff as t', (join) =>
      join.onRef('t.code', '=', 's.tariffCode').onRef('t.validFrom', '=', 's.tariffFrom'),
    )
    .selectAll('s')
    .select([
      'c.code',
      'c.name',
      'c.nameEn',
      't.definition',
      't.name as tariffName',
      't.nameEn as tariffNameEn',
    ])
    .select(['k.validFrom', 'k.minimumPayoutMinor', 'k.setUpFeeMinor'])
    .where('s.number', '=', number)
    .$if(companyId !== undefined, (query) =>
      query.where('s.companyId', '=', companyId!).where('s.state', 'in', ['approved', 'paid']),
    )
    .executeTakeFirst();
  if (!row) throw new Problem('settlement-not-found', { detail: `There is no settlement ${number}.` });
  return row;
}

export type ExplainedSettlement = Awaited<ReturnType<typeof getExplained>>;

/** What the fee of a settlement comes to by its tariff, from its stored T and N, and by the rules of its version. */
export async function recalculateFee(deps: Deps, settlement: ExplainedSettlement) {
  const { ruleVersion, refundedMinor, definition } = settlement;
  const setUpInFee = ruleVersion === 1 ? !(await hasBilledBefore(deps, settlement)) : undefined;
  const billed = feeBase({ billed: settlement, refundedMinor, setUpInFee });
  return { billed, fee: calculateFee(definition, billed) satisfies Fee };
}

async function hasBilledBefore(
  deps: Deps,
  { billingPeriod, companyId }: ExplainedSettlement,
): Promise<boolean> {
  const before = await findSettledBefore(deps, billingPeriod, [companyId]);
  return before.get(companyId)?.hasBilled ?? false;
}

/** The settlement of a company before a period, from which the balance is carried. */
export async function findPrevious(deps: Deps, { companyId, billingPeriod }: ExplainedSettlement) {
  return await sqlOf(emOf(deps))
    .selectFrom('settlement')
    .select(['number', 'billingPeriod', 'carriedOutMinor'])
    .where('companyId', '=', companyId)
    .where('billingPeriod', '<', billingPeriod)
    .orderBy('billingPeriod', 'desc')
    .limit(1)
    .executeTakeFirst();
}
