import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { findPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { getPurchaseSeller } from '../purchases/purchase-seller.queries.ts';
import type { PurchaseRef } from '../purchases/purchase-subject.types.ts';

/**
 * What a person writes to a company about, and how the company is reached. Its e-mail address is not in it, only whether it has
 * one.
 * @throws Problem `charge-not-found`, `subscription-not-found`, `consent-not-found`.
 */
export async function getEnquirySubject(deps: Deps, actor: Actor, ref: PurchaseRef) {
  const purchase = await findPurchaseSubject(deps, ownedBy(actor, 'enquiries:read'), ref);
  const { email, ...seller } = await getPurchaseSeller(deps, purchase.serviceId);
  return { purchase, seller, isReachable: email !== null };
}

export type EnquirySubject = Awaited<ReturnType<typeof getEnquirySubject>>;
