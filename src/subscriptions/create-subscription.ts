import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction } from '../database/transaction.ts';
import { openOffer } from '../checkout/open-offer.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import { Subscription } from './subscription.entity.ts';

export interface NewSubscription {
  readonly serviceCode: string;
  /** The company's own code of what is subscribed to; a month of it is billed once per subscriber. */
  readonly itemCode: string;
  /** Of every month, tax included. It never changes: a new price is a new subscription (domain.md §2). */
  readonly amountMinor: bigint;
  readonly taxCode: TaxCode;
  readonly description: string;
  /** The company's own name for the sale. */
  readonly reference?: string | undefined;
  /** 1–25, or 31 for the month end. */
  readonly chargeDay: number;
  readonly firstMonthFree: boolean;
  readonly lastMonthFree: boolean;
  readonly returnUrl: string;
}

/**
 * Creates a monthly subscription for a company, pending until a subscriber joins on the carrier's page.
 * @throws Problem `service-not-found`, `company-suspended`, `contract-missing`, `service-incomplete`, `amount-above-contract`, `return-url-not-allowed`.
 */
export function createSubscription(deps: Deps, actor: Actor, input: NewSubscription): Promise<Subscription> {
  const companyId = actingCompany(actor, 'subscriptions:write');
  return inTransaction(deps, async (tx) => {
    const { serviceCode, returnUrl, reference = null, ...terms } = input;
    const { amountMinor } = terms;
    const offer = await openOffer(tx, {
      kind: 'subscription',
      companyId,
      serviceCode,
      amountMinor,
      returnUrl,
    });
    const subscription = tx.em.create(Subscription, { ...terms, ...offer, reference });
    await tx.em.flush();
    return subscription;
  });
}
