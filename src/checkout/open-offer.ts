import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { assertWithinContract } from '../limits/assert-within-limits.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { SoldKind } from '../shared/public-id.rules.ts';
import { openCheckout } from './open-checkout.ts';

/** What a company offers to a subscriber who is not known yet. */
interface Offer {
  readonly kind: SoldKind;
  readonly companyId: number;
  readonly serviceCode: string;
  /** Tax included; a consent has no amount yet. */
  readonly amountMinor?: bigint;
  readonly returnUrl: string;
}

/**
 * Checks that a company may sell now and opens the checkout page of its offer. Returns the columns that a pending charge,
 * subscription and consent have in common.
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `service-incomplete`, `amount-above-contract`, `return-url-not-allowed`.
 */
export async function openOffer(tx: InTransaction<Deps>, offer: Offer) {
  const { kind, companyId, serviceCode, amountMinor, returnUrl } = offer;
  const createdAt = tx.clock.now();
  const businessDate = businessDateOf(createdAt, tx.config.timeZone);
  const seller = await getTermsOfNewSale(tx, { companyId, service: { code: serviceCode }, businessDate });
  if (amountMinor !== undefined) assertWithinContract(amountMinor, seller);
  const id = tx.ids.next();
  const openUntil = await openCheckout(tx, { id, kind, seller, returnUrl });
  return { id, companyId, serviceId: seller.serviceId, state: 'pending' as const, createdAt, openUntil };
}
