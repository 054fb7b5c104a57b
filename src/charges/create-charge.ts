import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { Charge } from './charge.entity.ts';
import { openOffer } from '../checkout/open-offer.ts';

export interface NewCharge {
  readonly serviceCode: string;
  /** Tax included. */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  /** The company's own name for the sale. */
  readonly reference?: string | undefined;
  readonly returnUrl: string;
  /** Whether the confirmation captures at once, or the company does later. */
  readonly automaticCapture: boolean;
}

/**
 * Records that a company wants to sell once, pending until a subscriber confirms it on the carrier's page.
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `service-incomplete`, `amount-above-contract`, `return-url-not-allowed`.
 */
export function createCharge(deps: Deps, actor: Actor, input: NewCharge): Promise<Charge> {
  const companyId = actingCompany(actor, 'charges:write');
  return inTransaction(deps, async (tx) => {
    const { serviceCode, amountMinor, returnUrl } = input;
    const offer = await openOffer(tx, { kind: 'charge', companyId, serviceCode, amountMinor, returnUrl });
    const charge = tx.em.create(Charge, {
      ...offer,
      kind: 'one_time',
      amountMinor,
      taxCode: input.taxCode,
      description: input.description,
      reference: input.reference ?? null,
      automaticCapture: input.automaticCapture,
    });
    await tx.em.flush();
    return charge;
  });
}
