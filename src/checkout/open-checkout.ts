import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { SellingTerms } from '../contracts/selling-terms.queries.ts';
import { isOnSite } from '../shared/origin.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { SoldKind } from '../shared/public-id.rules.ts';
import { Checkout } from './checkout.entity.ts';

interface NewCheckout {
  /** Of the charge, subscription or consent to be confirmed. */
  readonly id: string;
  readonly kind: SoldKind;
  readonly seller: SellingTerms;
  readonly returnUrl: string;
}

/** How long a subscriber may take to confirm. */
const CONFIRM_WITHIN_MS = 30 * 60_000;

/**
 * Opens the page on which a subscriber confirms or declines, and returns until when it is open.
 * @throws Problem `return-url-not-allowed`.
 */
export async function openCheckout(tx: InTransaction<Deps>, checkout: NewCheckout): Promise<Date> {
  const { id, kind, seller, returnUrl } = checkout;
  if (!seller.siteOrigins.some((origin) => isOnSite(returnUrl, origin))) {
    const sites = seller.siteOrigins.join(' or ');
    throw new Problem('return-url-not-allowed', {
      detail: `return_url must be on ${sites}.`,
      errors: [{ pointer: '/return_url', message: `must be on ${sites}` }],
    });
  }
  const { companyId } = seller;
  const expiresAt = new Date(tx.clock.now().getTime() + CONFIRM_WITHIN_MS);
  tx.em.create(Checkout, { subjectId: id, kind, companyId, returnUrl, state: 'open', expiresAt });
  await tx.em.flush();
  return expiresAt;
}
