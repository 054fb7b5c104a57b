import type { Area } from '../../kit/console-area.ts';
import { consentPage, consentsPage, revokeConsentForm, revokeConsentPage } from './consents.pages.ts';
import {
  cancelSubscriptionForm,
  cancelSubscriptionPage,
  movementPage,
  subscriptionPage,
  subscriptionsPage,
} from './subscriptions.pages.ts';

/** Subscriptions and consents. */
export const agreementsArea: Area = {
  pages: [
    subscriptionsPage,
    subscriptionPage,
    cancelSubscriptionPage,
    movementPage,
    consentsPage,
    consentPage,
    revokeConsentPage,
  ],
  forms: [cancelSubscriptionForm, revokeConsentForm],
};
