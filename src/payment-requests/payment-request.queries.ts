import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { listInEffectiveState, type ListRequest } from '../charges/effective-list.queries.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { readAddressee, storedAddressee, type TypedAddressee } from './addressee.rules.ts';
import { PaymentRequest } from './payment-request.entity.ts';
import type { PaymentRequestState } from './payment-request.rules.ts';

/** One payment request. @throws Problem `payment-request-not-found`. */
export async function getPaymentRequest(deps: Deps, actor: Actor, id: string): Promise<PaymentRequest> {
  const owned = ownedBy(actor, 'payment-requests:read');
  const request = await emOf(deps).findOne(PaymentRequest, { $and: [companyRows(owned.rows), { id }] });
  if (!request) throw new Problem('payment-request-not-found');
  return request;
}

/** Of which company; there are no other owners among those with the permission. */
const companyRows = ({ companyId }: { readonly companyId?: number }) =>
  companyId === undefined ? {} : { companyId };

interface ListedRequests extends Omit<ListRequest<PaymentRequestState>, 'toHash'> {
  /** Only those to this addressee, as it was typed. */
  readonly addressee?: TypedAddressee | undefined;
}

/**
 * A page of payment requests, newest first.
 * @throws Problem `addressee-mistyped`, `service-not-found`
 */
export function listPaymentRequests(
  deps: Deps,
  actor: Actor,
  { addressee, ...list }: ListedRequests,
): Promise<PaymentRequest[]> {
  const owned = ownedBy(actor, 'payment-requests:read');
  const toHash = addressee && storedAddressee(deps.config, readAddressee(deps.config, addressee)).toHash;
  return listInEffectiveState(
    deps,
    { entity: PaymentRequest, table: 'payment_request', owned },
    { ...list, toHash },
  );
}
