import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { Consent } from './consent.entity.ts';
import { openOffer } from '../checkout/open-offer.ts';

export interface NewConsent {
  readonly serviceCode: string;
  /** What the subscriber agrees to pay for, in words. */
  readonly description: string;
  /** The most one usage charge may be, as promised to the subscriber; the contract's maximum holds besides. */
  readonly perChargeMaxMinor?: bigint | undefined;
  /** The company's own; nobody else sees it. */
  readonly reference?: string | undefined;
  readonly returnUrl: string;
}

/**
 * Records that a company asks for a standing consent to usage charges, pending until a subscriber agrees.
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `service-incomplete`, `return-url-not-allowed`.
 */
export function createConsent(deps: Deps, actor: Actor, input: NewConsent): Promise<Consent> {
  const companyId = actingCompany(actor, 'consents:write');
  return inTransaction(deps, async (tx) => {
    const { serviceCode, returnUrl, description, perChargeMaxMinor = null, reference = null } = input;
    const offer = await openOffer(tx, { kind: 'consent', companyId, serviceCode, returnUrl });
    const consent = tx.em.create(Consent, { ...offer, description, perChargeMaxMinor, reference });
    await tx.em.flush();
    return consent;
  });
}
