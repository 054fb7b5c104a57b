import { grantConsent, declineConsent } from '../../consents/grant-consent.ts';
import { authorizeCharge } from '../../charges/authorize-charge.ts';
import { declineCharge } from '../../charges/cancel-charge.ts';
import type { Deps } from '../../deps.ts';
import type { Buyer } from '../../lines/entitlement.queries.ts';
import { declineSubscription } from '../../subscriptions/decline-subscription.ts';
import type { FreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { joinSubscription } from '../../subscriptions/join-subscription.ts';
import type { Subject } from './checkout.queries.ts';

interface Confirmed {
  readonly buyer: Buyer;
  /** Of a subscription: as the page showed them. */
  readonly freeMonthsLeft?: FreeMonthsLeft | undefined;
}

/** Does what the subscriber confirms. The same buyer confirming again changes nothing. */
export async function confirmSubject(
  deps: Deps,
  { kind, row }: Subject,
  { buyer, freeMonthsLeft }: Confirmed,
): Promise<void> {
  switch (kind) {
    case 'charge':
      await authorizeCharge(deps, { chargeId: row.id, buyer });
      return;
    case 'subscription':
      await joinSubscription(deps, { subscriptionId: row.id, buyer, shown: freeMonthsLeft });
      return;
    case 'consent':
      await grantConsent(deps, { consentId: row.id, buyer });
  }
}

/** Records that the subscriber does not want it. Declining again changes nothing. */
export async function declineSubject(deps: Deps, { kind, row }: Subject): Promise<void> {
  switch (kind) {
    case 'charge':
      await declineCharge(deps, { chargeId: row.id });
      return;
    case 'subscription':
      await declineSubscription(deps, { subscriptionId: row.id });
      return;
    case 'consent':
      await declineConsent(deps, { consentId: row.id });
  }
}
