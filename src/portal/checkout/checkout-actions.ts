import { grantConsent, declineConsent } from '../../consents/grant-consent.ts';
import { authorizeCharge } from '../../charges/authorize-charge.ts';
import { declineCharge } from '../../charges/cancel-charge.ts';
import type { SubscriberActor, VisitorActor } from '../../access/actor.ts';
import type { ConfirmedOnPage } from '../../checkout/record-confirmation.ts';
import type { Deps } from '../../deps.ts';
import { declineSubscription } from '../../subscriptions/decline-subscription.ts';
import type { FreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { joinSubscription } from '../../subscriptions/join-subscription.ts';
import { confirmPaymentRequest } from '../../payment-requests/confirm-payment-request.ts';
import { declinePaymentRequest } from '../../payment-requests/decline-payment-request.ts';
import type { OpenedCheckout } from './checkout.queries.ts';

interface Confirming {
  readonly confirmation: ConfirmedOnPage;
  /** Of a subscription, as shown on the page. */
  readonly freeMonthsLeft?: FreeMonthsLeft | undefined;
}

/** Executes what the subscriber confirms. A second confirmation by the same buyer changes nothing. */
export async function confirmSubject(
  deps: Deps,
  actor: SubscriberActor,
  { subject: { kind, row }, request }: OpenedCheckout,
  { freeMonthsLeft, confirmation }: Confirming,
): Promise<void> {
  if (request) {
    await confirmPaymentRequest(deps, actor, { id: request.id, confirmation });
    return;
  }
  switch (kind) {
    case 'charge':
      await authorizeCharge(deps, actor, { chargeId: row.id, confirmation });
      return;
    case 'subscription':
      await joinSubscription(deps, actor, {
        subscriptionId: row.id,
        shown: freeMonthsLeft,
        confirmation,
      });
      return;
    case 'consent':
      await grantConsent(deps, actor, { consentId: row.id, confirmation });
  }
}

/** Records that the subscriber declines. Declining again changes nothing. */
export async function declineSubject(
  deps: Deps,
  { subject: { kind, row }, request }: OpenedCheckout,
): Promise<void> {
  if (request) {
    const visitor: VisitorActor = { kind: 'visitor', subject: request.id };
    await declinePaymentRequest(deps, visitor, { id: request.id });
    return;
  }
  const actor: VisitorActor = { kind: 'visitor', subject: row.id };
  switch (kind) {
    case 'charge':
      await declineCharge(deps, actor, { chargeId: row.id });
      return;
    case 'subscription':
      await declineSubscription(deps, actor, { subscriptionId: row.id });
      return;
    case 'consent':
      await declineConsent(deps, actor, { consentId: row.id });
  }
}
