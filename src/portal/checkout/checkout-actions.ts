import { grantConsent, declineConsent } from '../../consents/grant-consent.ts';
import { authorizeCharge } from '../../charges/authorize-charge.ts';
import { declineCharge } from '../../charges/cancel-charge.ts';
import type { SubscriberActor, VisitorActor } from '../../access/actor.ts';
import type { Deps } from '../../deps.ts';
import { declineSubscription } from '../../subscriptions/decline-subscription.ts';
import type { FreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { joinSubscription } from '../../subscriptions/join-subscription.ts';
import type { Subject } from './checkout.queries.ts';

interface Shown {
  /** Of a subscription: as the page showed them. */
  readonly freeMonthsLeft?: FreeMonthsLeft | undefined;
}

/** Does what the subscriber confirms. The same buyer confirming again changes nothing. */
export async function confirmSubject(
  deps: Deps,
  actor: SubscriberActor,
  { kind, row }: Subject,
  { freeMonthsLeft }: Shown,
): Promise<void> {
  switch (kind) {
    case 'charge':
      await authorizeCharge(deps, actor, { chargeId: row.id });
      return;
    case 'subscription':
      await joinSubscription(deps, actor, { subscriptionId: row.id, shown: freeMonthsLeft });
      return;
    case 'consent':
      await grantConsent(deps, actor, { consentId: row.id });
  }
}

/** Records that the subscriber does not want it. Declining again changes nothing. */
export async function declineSubject(deps: Deps, { kind, row }: Subject): Promise<void> {
  const actor: VisitorActor = { kind: 'visitor', checkout: row.id };
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
