import type { CaptureRequest } from '../charges/capture-sales.ts';
import type { SellingTerms } from '../contracts/selling-terms.queries.ts';
import type { Deps } from '../deps.ts';
import type { MonthRequest } from './month-outcome.ts';
import { captureInstant } from './renewal.rules.ts';

/** The charge of one month: captured at once, on the day it is due. */
export function monthlySale(
  { clock, config }: Deps,
  { subscription, entitlement, due }: MonthRequest,
  terms: SellingTerms,
): CaptureRequest {
  const { companyId, serviceId, amountMinor, taxCode, description, reference } = subscription;
  return {
    sale: {
      companyId,
      serviceId,
      kind: 'monthly',
      amountMinor,
      taxCode,
      description,
      reference,
      // Its partner is that of the service.
      partnerCode: null,
      consentId: null,
      subscriptionId: subscription.id,
      subscriptionMonth: due.month,
      createdAt: clock.now(),
      authorizedAt: null,
    },
    entitlement,
    terms,
    capturedAt: captureInstant(due.dueOn, { ...subscription, timeZone: config.timeZone }),
    businessDate: due.dueOn,
  };
}
