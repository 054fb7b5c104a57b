import type { PresentedDelivery, PresentedEndpoint } from './webhooks/endpoint.presenter.ts';
import { exampleIds } from './api/example-ids.ts';
import { problems } from './shared/problem.ts';
import type { PresentedCharge } from './charges/charge.presenter.ts';
import type { settlementSchema } from './own-settlements/settlement.schema.ts';
import type { serviceSchema } from './services/service.schema.ts';
import type { consentSchema } from './consents/consent.schema.ts';
import type { usageOutcomesSchema } from './charges/usage-charge.schema.ts';
import type { PresentedEvent } from './published-events/event.presenter.ts';
import type { PresentedPaymentRequest } from './payment-requests/payment-request.presenter.ts';
import { usageFile, usageFileDone } from './usage-files/usage-file.example.ts';
import type { PresentedRefund } from './refunds/refund.presenter.ts';
import type { FromSchema } from './shared/schema-type.ts';
import type { subscriptionSchema } from './subscriptions/subscription.schema.ts';

/**
 * What each operation returns for its example request, by its name. `publicOrigin` begins the addresses to which
 * subscribers are sent.
 */
export function exampleResponses(publicOrigin: string): Readonly<Record<string, object>> {
  const pendingUrl = (id: string) => `${publicOrigin}/checkout/${id}/q7Xw2mVJc0aTzR5nLk8sPd`;
  const pending = { ...charge, confirm_url: pendingUrl(exampleIds.charge) };
  const newConsent = { ...consent, confirm_url: pendingUrl(exampleIds.consent) };
  const newSubscription = { ...subscription, confirm_url: pendingUrl(exampleIds.subscription) };
  return {
    createCharge: pending,
    listCharges: { items: [captured], next: null },
    getCharge: captured,
    captureCharge: capturedLater,
    cancelCharge: {
      ...charge,
      state: 'cancelled',
      expires_at: null,
      ended_at: '2026-05-10T03:09:58.000Z',
      ended_by: 'company',
    },
    createUsageCharge: usageCharge,
    createUsageCharges: usageOutcomes(publicOrigin),
    createUsageFile: { ...usageFile, already_received: false },
    listUsageFiles: { items: [usageFileDone], next: null },
    getUsageFile: usageFileDone,
    createConsent: newConsent,
    listConsents: { items: [agreed], next: exampleIds.consent },
    getConsent: agreed,
    revokeConsent: { ...agreed, state: 'ended', ended_at: '2026-08-01T02:00:00.000Z' },
    createSubscription: newSubscription,
    listSubscriptions: { items: [joined], next: null },
    getSubscription: joined,
    cancelSubscription: {
      ...joined,
      state: 'ended',
      left_at: '2026-08-12T06:30:00.000Z',
      left_on: '2026-08-12',
      renewed_through: '2026-08',
    },
    createLineCheck: {
      consent: exampleIds.consent,
      amount: 500,
      currency: 'JPY',
      possible: true,
      checked_on: '2026-05-10',
      remaining: 2,
    },
    listServices: { items: [service], next: null },
    getService: service,
    listSettlements: { items: [settlement], next: null },
    getSettlement: {
      ...settlement,
      state: 'paid',
      transfers: [{ state: 'settled', amount: 75_600, pay_on: '2026-07-31', result_on: '2026-07-31' }],
      clawbacks: [],
    },
    listSettlementLines: {
      settlement: exampleIds.settlement,
      items: [
        {
          kind: 'charge',
          service: exampleIds.service,
          original_period: null,
          tax_code: 'standard',
          tax_rate_bps: 1000,
          lines: 100,
          items: 140,
          total: 80_000,
        },
      ],
    },
    getDailyReport: {
      currency: 'JPY',
      items: [
        {
          date: '2026-05-10',
          charges: 12,
          charged: 6_600,
          refunds: 1,
          refunded: 250,
          clawbacks: 0,
          recoveries: 0,
          added_up: true,
        },
      ],
    },
    createPaymentRequest: paymentRequest,
    listPaymentRequests: { items: [paidRequest], next: null },
    getPaymentRequest: paidRequest,
    withdrawPaymentRequest: {
      ...paymentRequest,
      state: 'withdrawn',
      expires_at: null,
      ended_at: '2026-05-12T05:20:00.000Z',
    },
    createRefund: refund,
    previewRefund: {
      charge: exampleIds.charge,
      amount: 250,
      left: 300,
      currency: 'JPY',
      paid_by: 'invoice',
      billing_period: '2026-05',
      needs_approval: false,
      turns_negative: false,
      unsettled_months: [],
      before: {
        ...previewedMonth,
        total: 80_000,
        fee: 4_000,
        fee_tax: 400,
        net: 75_600,
        payout: 75_600,
      },
      after: { ...previewedMonth, total: 79_750, fee: 3_987, fee_tax: 398, net: 75_365, payout: 75_365 },
    },
    listRefundsOfCharge: { items: [refund], next: null },
    listRefunds: { items: [refund], next: null },
    getRefund: refund,
    createWebhookEndpoint: { ...endpoint, secret: 'whsec_dGhpcyBpcyBhbiBleGFtcGxlLCBub3QgYSBzZWNyZXQ=' },
    listWebhookEndpoints: { items: [endpoint], next: null },
    getWebhookEndpoint: endpoint,
    editWebhookEndpoint: { ...endpoint, event_types: null },
    deleteWebhookEndpoint: endpoint,
    rotateWebhookSecret: {
      ...endpoint,
      secret: 'whsec_YW5vdGhlciBleGFtcGxlLCB3aGljaCBpcyBub25lIHQ=',
      previous_secret_until: '2026-05-11T03:00:00.000Z',
    },
    testWebhookEndpoint: {
      ...delivery,
      kind: 'test',
      event: null,
      event_type: null,
      state: 'pending',
      next_attempt_at: delivery.created_at,
      finished_at: null,
      attempts: [],
    },
    replayEvents: { endpoint: exampleIds['webhook-endpoint'], events: 212 },
    listWebhookDeliveries: { items: [delivery], next: null },
    listEvents: { items: [capturedEvent], next: null },
    getEvent: capturedEvent,
    cancelSubscriptionMonth: {
      ...refund,
      charge: exampleIds.monthlyCharge,
      subscription: exampleIds.subscription,
      subscription_month: '2026-05',
      amount: 1100,
      refunded_amount: 1100,
      reason: 'month_cancelled',
      note: null,
      reference: 'return-32',
    },
  };
}

const settlement: FromSchema<typeof settlementSchema> = {
  number: exampleIds.settlement,
  billing_period: '2026-05',
  state: 'approved',
  settled_on: '2026-06-05',
  approved_at: '2026-06-08T02:00:00.000Z',
  currency: 'JPY',
  billed: 80_000,
  refunded: 0,
  lines: 100,
  items: 140,
  fee_branch: 'percent',
  fee: 4_000,
  fee_tax: 400,
  fee_tax_rate_bps: 1000,
  set_up_fee: 0,
  set_up_fee_tax: 0,
  clawback_total: 0,
  recovery_total: 0,
  transfer_fee: 0,
  carried_in: 0,
  carried_out: 0,
  payout: 75_600,
  payout_on: '2026-07-31',
  payout_held: false,
};

const service: FromSchema<typeof serviceSchema> = {
  code: exampleIds.service,
  name: '動画見放題',
  name_en: 'Video unlimited',
  state: 'active',
  complete: true,
  return_origins: ['https://shop.example'],
  platform: 'internet',
  listed_from: '2026-04-01',
  created_at: '2026-03-12T01:00:00.000Z',
};

/** The month of a company, before and after a refund. */
const previewedMonth = {
  lines: 100,
  items: 140,
  fee_branch: 'percent',
  set_up_fee: 0,
  set_up_fee_tax: 0,
  clawbacks: 0,
  recoveries: 0,
  carried_in: 0,
  transfer_fee: 0,
  carried_out: 0,
} as const;

const refund: PresentedRefund = {
  id: exampleIds.refund,
  charge: exampleIds.charge,
  subscription: null,
  subscription_month: null,
  amount: 250,
  refunded_amount: 250,
  currency: 'JPY',
  tax_code: 'standard',
  tax_rate_bps: 1000,
  reason: 'defective',
  note: '音声の不具合',
  reference: 'return-31',
  refunded_by: 'company',
  paid_by: 'invoice',
  business_date: '2026-05-12',
  billing_period: '2026-05',
  created_at: '2026-05-12T02:20:00.000Z',
};

const charge: PresentedCharge = {
  id: exampleIds.charge,
  kind: 'one_time',
  state: 'pending',
  service: 'video',
  amount: 550,
  captured_amount: null,
  refunded_amount: 0,
  currency: 'JPY',
  tax_code: 'standard',
  tax_rate_bps: null,
  description: '映画レンタル 48時間',
  reference: 'order-1001',
  capture: 'automatic',
  consent: null,
  subscription: null,
  subscription_month: null,
  confirm_url: null,
  refusal: null,
  refused_at: null,
  created_at: '2026-05-10T03:00:00.000Z',
  expires_at: '2026-05-10T03:30:00.000Z',
  authorized_at: null,
  captured_at: null,
  business_date: null,
  billing_period: null,
  late: false,
  ended_at: null,
  ended_by: null,
};

const captured: PresentedCharge = {
  ...charge,
  state: 'captured',
  captured_amount: 550,
  tax_rate_bps: 1000,
  expires_at: null,
  authorized_at: '2026-05-10T03:04:12.345Z',
  captured_at: '2026-05-10T03:04:12.345Z',
  business_date: '2026-05-10',
  billing_period: '2026-05',
};

const capturedEvent: PresentedEvent = {
  id: exampleIds.event,
  type: 'charge.captured',
  sequence: 2041,
  occurred_at: '2026-05-10T03:04:12.345Z',
  created_at: '2026-05-10T03:04:13.020Z',
  data: { object: captured, details: {} },
};

const endpoint: PresentedEndpoint = {
  id: exampleIds['webhook-endpoint'],
  url: 'https://video.example/webhooks',
  description: '受注システム',
  event_types: ['charge.captured', 'charge.refunded'],
  state: 'enabled',
  state_reason: null,
  secret: null,
  previous_secret_until: null,
  public_key: null,
  failing_since: null,
  last_succeeded_at: '2026-05-10T03:04:13.410Z',
  created_at: '2026-05-09T01:00:00.000Z',
};

const delivery: PresentedDelivery = {
  id: exampleIds['webhook-delivery'],
  endpoint: exampleIds['webhook-endpoint'],
  kind: 'event',
  event: exampleIds.event,
  event_type: 'charge.captured',
  state: 'succeeded',
  created_at: '2026-05-10T03:04:13.100Z',
  next_attempt_at: null,
  finished_at: '2026-05-10T03:04:13.410Z',
  attempts: [
    {
      number: 1,
      started_at: '2026-05-10T03:04:13.205Z',
      duration_ms: 182,
      status: 204,
      error: null,
      response: null,
    },
  ],
};

/** Authorized first, captured on delivery, for less. */
const capturedLater: PresentedCharge = {
  ...captured,
  id: exampleIds.manualCharge,
  capture: 'manual',
  captured_amount: 500,
  reference: 'order-1002',
  captured_at: '2026-05-12T01:15:00.000Z',
  business_date: '2026-05-12',
};

const usageCharge: PresentedCharge = {
  ...captured,
  id: exampleIds.usageCharge,
  kind: 'usage',
  service: 'music',
  amount: 250,
  captured_amount: 250,
  description: '楽曲1曲',
  reference: 'track-9',
  created_at: captured.captured_at ?? '',
  consent: exampleIds.consent,
};

const consent: FromSchema<typeof consentSchema> = {
  id: exampleIds.consent,
  state: 'pending',
  service: 'music',
  description: '楽曲ダウンロードの都度払い',
  per_charge_max: 1000,
  reference: 'member-77',
  currency: 'JPY',
  confirm_url: null,
  refusal: null,
  refused_at: null,
  created_at: '2026-05-10T02:30:00.000Z',
  expires_at: '2026-05-10T03:00:00.000Z',
  agreed_at: null,
  ended_at: null,
};

const agreed = {
  ...consent,
  state: 'active',
  expires_at: null,
  agreed_at: '2026-05-10T02:33:40.120Z',
} as const;

const subscription: FromSchema<typeof subscriptionSchema> = {
  id: exampleIds.subscription,
  state: 'pending',
  service: 'video',
  item: 'unlimited',
  charge_day: 1,
  first_month_free: true,
  last_month_free: false,
  amount: 1100,
  currency: 'JPY',
  tax_code: 'standard',
  description: '動画見放題プラン',
  reference: 'member-77',
  confirm_url: null,
  refusal: null,
  refused_at: null,
  created_at: '2026-05-10T03:00:00.000Z',
  expires_at: '2026-05-10T03:30:00.000Z',
  joined_at: null,
  joined_on: null,
  left_at: null,
  left_on: null,
  renewed_through: null,
};

const joined = {
  ...subscription,
  state: 'active',
  expires_at: null,
  joined_at: '2026-05-10T03:05:00.000Z',
  joined_on: '2026-05-10',
  renewed_through: '2026-05',
} as const;

function usageOutcomes(publicOrigin: string): FromSchema<typeof usageOutcomesSchema> {
  const problem = {
    type: `${publicOrigin}/problems/consent-not-active`,
    title: problems['consent-not-active'].title,
    status: 409,
    code: 'consent-not-active',
    state: 'ended',
  };
  return {
    outcomes: [
      { index: 0, charge: usageCharge },
      { index: 1, problem },
    ],
    captured: 1,
    replayed: 0,
    refused: 1,
  };
}

const paymentRequest: PresentedPaymentRequest = {
  id: exampleIds['payment-request'],
  state: 'pending',
  service: exampleIds.service,
  amount: 1_800,
  currency: 'JPY',
  tax_code: 'standard',
  description: '出張設定サポート（30分）',
  reference: 'visit-204',
  to_kind: 'telephone',
  to_ending: '1234',
  charge: null,
  created_at: '2026-05-12T05:04:11.000Z',
  expires_at: '2026-05-19T05:04:11.000Z',
  ended_at: null,
};

const paidRequest: PresentedPaymentRequest = {
  ...paymentRequest,
  state: 'confirmed',
  charge: exampleIds.charge,
  expires_at: null,
  ended_at: '2026-05-12T05:09:40.000Z',
};
