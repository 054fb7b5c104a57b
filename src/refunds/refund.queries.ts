import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { Charge } from '../charges/charge.entity.ts';
import { listInEffectiveState, type ListRequest } from '../charges/effective-list.queries.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { Refund } from './refund.entity.ts';

/** One refund. @throws Problem `refund-not-found`. */
export async function getRefund(deps: Deps, actor: Actor, refundId: string): Promise<Refund> {
  const owned = ownedBy(actor, 'refunds:read');
  const refund = await emOf(deps).findOne(Refund, { $and: [rowsOf(owned), { id: refundId }] });
  if (!refund) throw new Problem('refund-not-found');
  return refund;
}

/** A page of refunds as it is asked for; `chargeId` is the stored identifier of a charge. */
export type RefundList = Omit<ListRequest<never>, 'state' | 'kind' | 'consentId'>;

/** A page of refunds, newest first, found by key. */
export async function listRefunds(deps: Deps, actor: Actor, list: RefundList): Promise<Refund[]> {
  const owned = ownedBy(actor, 'refunds:read');
  return await listInEffectiveState(deps, { entity: Refund, table: 'refund', owned }, list);
}

/** Like `listRefunds`, of one charge that the actor reaches. @throws Problem `charge-not-found` */
export async function listRefundsOfCharge(
  deps: Deps,
  actor: Actor,
  list: RefundList & { readonly chargeId: string },
): Promise<Refund[]> {
  const owned = ownedBy(actor, 'refunds:read');
  const charge = await emOf(deps).findOne(Charge, { $and: [rowsOf(owned), { id: list.chargeId }] });
  if (!charge) throw new Problem('charge-not-found');
  return await listRefunds(deps, actor, list);
}

/** No subscriber reads refunds here, so the company alone tells rows apart. */
function rowsOf({ rows: { companyId } }: Owned): { readonly companyId?: number } {
  return companyId === undefined ? {} : { companyId };
}
