import { chargeEndpoints } from './charges/charge.routes.ts';
import { consentEndpoints } from './consents/consent.routes.ts';
import { usageChargeEndpoints } from './charges/usage-charge.routes.ts';
import { lineCheckEndpoints } from './line-checks/line-check.routes.ts';
import { settlementEndpoints } from './own-settlements/settlement.routes.ts';
import { reportEndpoints } from './reports/daily-report.routes.ts';
import { serviceEndpoints } from './services/service.routes.ts';
import { refundPreviewEndpoints } from './refund-effects/refund-preview.routes.ts';
import { eventEndpoints } from './published-events/event.routes.ts';
import { webhookEndpoints } from './webhooks/endpoint.routes.ts';
import { refundEndpoints } from './refunds/refund.routes.ts';
import { usageFileEndpoints } from './usage-files/usage-file.routes.ts';
import { subscriptionEndpoints } from './subscriptions/subscription.routes.ts';
import { paymentRequestEndpoints } from './payment-requests/payment-request.routes.ts';
import type { AnyEndpoint } from './api/define-endpoint.ts';

/** Every operation of `/v1`: what is not in this list is neither served nor listed in the document. */
export const apiEndpoints: readonly AnyEndpoint[] = [
  ...chargeEndpoints,
  ...usageChargeEndpoints,
  ...usageFileEndpoints,
  ...consentEndpoints,
  ...subscriptionEndpoints,
  ...paymentRequestEndpoints,
  ...refundEndpoints,
  ...refundPreviewEndpoints,
  ...eventEndpoints,
  ...lineCheckEndpoints,
  ...serviceEndpoints,
  ...settlementEndpoints,
  ...reportEndpoints,
  ...webhookEndpoints,
];
