import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { getSellingTerms } from '../contracts/selling-terms.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Consent } from './consent.entity.ts';
import { openCheckout } from '../checkout/open-checkout.ts';

export interface NewConsent {
  readonly serviceCode: string;
  /** What the subscriber agrees to pay for, in words. */
  readonly description: string;
  /** The most one usage charge may be, as promised to the subscriber; the contract's maximum holds besides. */
  readonly perChargeMaxMinor?: bigint | undefined;
  readonly returnUrl: string;
}

/**
 * Records that a company asks for a standing consent to usage charges, pending until a subscriber agrees.
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `return-url-not-allowed`.
 */
export function createConsent(deps: Deps, actor: Actor, input: NewConsent): Promise<Consent> {
  const companyId = actingCompany(actor, 'consents:write');
  return inTransaction(deps, async (tx) => {
    const now = tx.clock.now();
    const seller = await getSellingTerms(tx, {
      companyId,
      service: { code: input.serviceCode },
      businessDate: businessDateOf(now, tx.config.timeZone),
    });
    const id = tx.ids.next();
    const openUntil = await openCheckout(tx, { id, kind: 'consent', seller, returnUrl: input.returnUrl });
    const consent = tx.em.create(Consent, {
      id,
      companyId: seller.companyId,
      serviceId: seller.serviceId,
      description: input.description,
      perChargeMaxMinor: input.perChargeMaxMinor ?? null,
      state: 'pending',
      createdAt: now,
      openUntil,
    });
    await tx.em.flush();
    return consent;
  });
}
