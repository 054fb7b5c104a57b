import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { monthOf } from '../shared/calendar-date.rules.ts';
import { Problem } from '../shared/problem.ts';

interface NewContract {
  readonly companyId: number;
  readonly companyCode: string;
  readonly validFrom: string;
}

/**
 * Refuses a contract that begins in a month for which the company is settled, or before one: a settlement is by the contract of its
 * time, and the balances of the months after it follow from it. A rejected draft does not count: it is made again by the contracts of
 * then. The company is locked, as the night locks it to draft.
 * @throws Problem `month-settled`
 */
export async function refuseSettledMonths(
  tx: InTransaction<Deps>,
  { companyId, companyCode, validFrom }: NewContract,
): Promise<void> {
  const settled = await sqlOf(tx.em)
    .selectFrom('settlement')
    .select(['billingPeriod', 'state'])
    .where('companyId', '=', companyId)
    .where('billingPeriod', '>=', monthOf(validFrom))
    .where('state', '<>', 'rejected')
    .orderBy('billingPeriod', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (!settled) return;
  const { billingPeriod, state } = settled;
  const todo = state === 'draft' ? ' Its settlement is a draft: reject it first, or begin later.' : '';
  throw new Problem('month-settled', {
    detail: `${companyCode} is settled through ${billingPeriod}, so a contract begins in a later month.${todo}`,
    facts: { settled_through: billingPeriod },
  });
}
