import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenurePage } from '../personal-data/personal-data.queries.ts';

export interface RefundsOfTenure extends TenurePage {
  /** Of the refund alone, in minor units. */
  readonly amountMinor?: bigint | undefined;
}

export type RefundOfTenure = Awaited<ReturnType<typeof listRefundsOfTenure>>[number];

/** What was given back to a tenure, the newest first, with who decided it. For the carrier's people. @throws Problem `permission-denied` */
export async function listRefundsOfTenure(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, from, to, amountMinor, limit, after }: RefundsOfTenure,
) {
  authorize(actor, 'buyers:read');
  return await sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .innerJoin('charge as c', 'c.id', 'r.chargeId')
    .innerJoin('company as co', 'co.id', 'r.companyId')
    .leftJoin('bank_refund as k', 'k.refundId', 'r.id')
    .select(['r.id', 'r.chargeId', 'r.amountMinor', 'r.kind', 'r.businessDate', 'r.billingPeriod'])
    .select(['r.reason', 'r.createdBy', 'k.state as bankState', 'c.description'])
    .select(['co.name as company', 'co.nameEn as companyEn'])
    .where('r.lineId', '=', lineId)
    .where('r.holderFrom', '=', holderFrom)
    .$if(from !== undefined, (query) => query.where('r.businessDate', '>=', from!))
    .$if(to !== undefined, (query) => query.where('r.businessDate', '<=', to!))
    .$if(amountMinor !== undefined, (query) => query.where('r.amountMinor', '=', amountMinor!))
    .$if(after !== undefined, (query) => query.where('r.id', '<', after!))
    .orderBy('r.businessDate', 'desc')
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
}
