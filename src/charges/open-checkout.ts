import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Seller } from '../companies/seller.queries.ts';
import { Problem } from '../shared/problem.ts';
import { isReturnUrlAllowed } from './charge.rules.ts';
import { Checkout } from './checkout.entity.ts';

interface NewCheckout {
  /** Of the charge, subscription or consent to be confirmed. */
  readonly id: string;
  readonly kind: Checkout['kind'];
  readonly seller: Seller;
  readonly returnUrl: string;
  readonly expiresAt: Date;
}

/** Opens the page on which a subscriber confirms or declines. @throws Problem `return-url-not-allowed`. */
export async function openCheckout(tx: InTransaction<Deps>, checkout: NewCheckout): Promise<void> {
  const { id, kind, seller, returnUrl, expiresAt } = checkout;
  if (!isReturnUrlAllowed(returnUrl, seller.siteOrigin)) {
    throw new Problem('return-url-not-allowed', {
      detail: `return_url must be on ${seller.siteOrigin}.`,
      errors: [{ pointer: '/return_url', message: `must be on ${seller.siteOrigin}` }],
    });
  }
  const companyId = seller.companyId;
  tx.em.create(Checkout, { subjectId: id, kind, companyId, returnUrl, state: 'open', expiresAt });
  await tx.em.flush();
}
