import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { getSellingTerms } from '../contracts/selling-terms.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { assertWithinContract } from '../limits/assert-within-limits.ts';
import { Charge } from './charge.entity.ts';
import { openCheckout } from '../checkout/open-checkout.ts';

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
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `amount-above-contract`, `return-url-not-allowed`.
 */
export function createCharge(deps: Deps, actor: Actor, input: NewCharge): Promise<Charge> {
  const companyId = actingCompany(actor, 'charges:write');
  return inTransaction(deps, async (tx) => {
    const now = tx.clock.now();
    const seller = await getSellingTerms(tx, {
      companyId,
      service: { code: input.serviceCode },
      businessDate: businessDateOf(now, tx.config.timeZone),
    });
    assertWithinContract(input.amountMinor, seller);
    const id = tx.ids.next();
    const openUntil = await openCheckout(tx, { id, kind: 'charge', seller, returnUrl: input.returnUrl });
    const charge = tx.em.create(Charge, {
      id,
      companyId: seller.companyId,
      serviceId: seller.serviceId,
      kind: 'one_time',
      state: 'pending',
      amountMinor: input.amountMinor,
      taxCode: input.taxCode,
      description: input.description,
      reference: input.reference ?? null,
      automaticCapture: input.automaticCapture,
      createdAt: now,
      openUntil,
    });
    await tx.em.flush();
    return charge;
  });
}
