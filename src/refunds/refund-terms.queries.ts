import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { RefundTerms } from './refund.rules.ts';

/**
 * The terms of the contract under which a company sold on a business date, whether or not it has ended since.
 * @throws Problem `contract-missing`.
 */
export async function getRefundTerms(
  deps: Deps,
  { companyId, businessDate }: { readonly companyId: number; readonly businessDate: string },
): Promise<RefundTerms> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('contract as k')
    .select(['k.refundDays', 'k.partialRefunds'])
    .where('k.companyId', '=', companyId)
    .where('k.validFrom', '<=', businessDate)
    .orderBy('k.validFrom', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Problem('contract-missing');
  return row;
}
