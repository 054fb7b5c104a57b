import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PurchaseScope } from './purchase-scope.queries.ts';

/** A refund as an item of an invoice, with the purchase that it gives back. */
export type RefundOnInvoice = Awaited<ReturnType<typeof listRefundsOnInvoice>>[number];

/** The refunds that the invoice of a tenure for a period deducts, open or issued, the oldest first. */
export async function listRefundsOnInvoice(
  deps: Deps,
  { lineId, holderFrom, people }: Pick<PurchaseScope, 'lineId' | 'holderFrom' | 'people'>,
  period: string,
) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .innerJoin('charge as c', 'c.id', 'r.chargeId')
    .innerJoin('company as co', 'co.id', 'c.companyId')
    .innerJoin('service as s', 's.id', 'c.serviceId')
    .select(['r.id', 'r.chargeId', 'r.amountMinor', 'r.businessDate', 'r.taxCode', 'r.taxRateBps'])
    .select(['r.chargePeriod', 'c.businessDate as suppliedOn', 'c.description', 'c.subscriberId'])
    .select(['co.name as company', 'co.nameEn as companyEn', 's.name as service', 's.nameEn as serviceEn'])
    .where('r.lineId', '=', lineId)
    .where('r.holderFrom', '=', holderFrom)
    .where('r.kind', '=', 'invoice')
    .where('r.billingPeriod', '=', period)
    .where(
      'c.subscriberId',
      'in',
      people.map(({ id }) => id),
    )
    .orderBy('r.businessDate')
    .orderBy('r.id')
    .execute();
  const names = new Map(people.map((person) => [person.id, person]));
  return rows.map((row) => ({ ...row, person: names.get(row.subscriberId ?? 0) }));
}
