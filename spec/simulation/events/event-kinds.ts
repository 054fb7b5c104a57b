import { accountKinds } from './accounts.ts';
import { chargeKinds } from './charges.ts';
import { collectionKinds } from './collections.ts';
import { companyKinds } from './companies.ts';
import { consentKinds } from './consents.ts';
import type { EventKinds } from './event-kind.ts';
import { lineKinds } from './lines.ts';
import { nightKinds } from './nights.ts';
import { payAllKinds } from './pay-all.ts';
import { payoutKinds } from './payouts.ts';
import { payoutRunKinds } from './payout-runs.ts';
import { refundKinds } from './refunds.ts';
import { requestKinds } from './requests.ts';
import { reviewKinds } from './reviews.ts';
import { subscriptionKinds } from './subscriptions.ts';

/** Everything that can happen. Another kind is a body in `history.ts` and an entry here. */
export const eventKinds: EventKinds = {
  ...chargeKinds,
  ...refundKinds,
  ...collectionKinds,
  ...consentKinds,
  ...subscriptionKinds,
  ...lineKinds,
  ...companyKinds,
  ...requestKinds,
  ...reviewKinds,
  ...payoutKinds,
  ...payAllKinds,
  ...payoutRunKinds,
  ...accountKinds,
  ...nightKinds,
};
