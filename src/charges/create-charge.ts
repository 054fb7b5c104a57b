import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { findPartnerRefusal, findPartnerVersions } from '../partners/accepted-partners.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
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
  /** Code of the sales partner who brought the sale. */
  readonly partnerCode?: string | undefined;
  readonly returnUrl: string;
  /** Whether the confirmation captures at once, or the company does later. */
  readonly automaticCapture: boolean;
}

/**
 * Records that a company wants to sell once, pending until a subscriber confirms it on the carrier's page.
 * @throws Problem `partner-not-found`, `service-not-found`, `company-suspended`, `contract-missing`, `service-incomplete`, `amount-above-contract`, `return-url-not-allowed`.
 */
export function createCharge(deps: Deps, actor: Actor, input: NewCharge): Promise<Charge> {
  const companyId = actingCompany(actor, 'charges:write');
  return inTransaction(deps, async (tx) => {
    const { serviceCode, amountMinor, returnUrl } = input;
    const offer = await openOffer(tx, { kind: 'charge', companyId, serviceCode, amountMinor, returnUrl });
    await assertPartner(tx, { companyId, partnerCode: input.partnerCode });
    const charge = tx.em.create(Charge, {
      ...offer,
      kind: 'one_time',
      amountMinor,
      taxCode: input.taxCode,
      description: input.description,
      reference: input.reference ?? null,
      partnerCode: input.partnerCode ?? null,
      automaticCapture: input.automaticCapture,
    });
    await tx.em.flush();
    return charge;
  });
}

/** The partner that a sale names, if any, has terms with the company today. @throws Problem `partner-not-found` */
async function assertPartner(
  tx: InTransaction<Deps>,
  sale: { readonly companyId: number; readonly partnerCode: string | undefined },
): Promise<void> {
  if (sale.partnerCode === undefined) return;
  const [versions] = await runPipeline(tx.em, [findPartnerVersions([sale])]);
  const refusal = findPartnerRefusal(sale, businessDateOf(tx.clock.now(), tx.config.timeZone), versions);
  if (refusal) throw refusal;
}
