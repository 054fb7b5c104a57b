import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';

export const refundColumns = [
  'refund_id',
  'charge_id',
  'company',
  'line_id',
  'amount',
  'booked_on',
  'billing_period',
  'kind',
  'reason',
] as const;

const PAGE = 5_000;

/** Every refund in the order of its identifier. One by bank has the calendar month in which it was booked as billing period. */
export async function* streamRefunds(deps: Deps) {
  for (let after = ''; ;) {
    const page = await findPage(deps, after);
    for (const { id, chargeId, ...row } of page) {
      yield {
        refund_id: publicId('refund', id),
        charge_id: publicId('charge', chargeId),
        company: row.company,
        line_id: row.lineId,
        amount: row.amountMinor,
        booked_on: row.businessDate,
        billing_period: row.billingPeriod,
        kind: row.kind,
        reason: row.reason,
      };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.id;
  }
}

function findPage(deps: Deps, after: string) {
  return sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .innerJoin('company as c', 'c.id', 'r.companyId')
    .select(['r.id', 'r.chargeId', 'c.code as company', 'r.lineId', 'r.amountMinor'])
    .select(['r.businessDate', 'r.billingPeriod', 'r.kind', 'r.reason'])
    .where('r.id', '>', after)
    .orderBy('r.id')
    .limit(PAGE)
    .execute();
}
