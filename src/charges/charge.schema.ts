import { apiFields, completeObject, idOf, takenIdOf } from '../api/field-schemas.ts';
import { refusalFields } from '../checkout/refusal.schema.ts';
import { billingPeriodFilter, listFilters } from '../api/list-filters.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const kinds = ['one_time', 'monthly', 'usage'] as const;
const states = ['pending', 'authorized', 'captured', 'cancelled', 'expired'] as const;

const chargeMembers = {
  id: { ...idOf('charge'), description: 'Identifier of the charge.' },
  kind: {
    enum: kinds,
    description:
      '`one_time`: a single sale. `monthly`: one month of a subscription. `usage`: one use under a consent.',
  },
  state: {
    enum: states,
    description:
      '`pending`: waits for the subscriber. `authorized`: the subscriber has confirmed and the amount is reserved. `captured`: the amount is billed. `cancelled`: cancelled before capture. `expired`: its time ran out; the state changes exactly at `expires_at`, in lists too. Only captured charges are billed.',
  },
  service: apiFields.code,
  amount: { ...apiFields.amount, maximum: 9_999_999_999 },
  captured_amount: {
    type: ['integer', 'null'],
    description: 'Amount that is billed, at most `amount`. Null until the capture.',
  },
  refunded_amount: {
    type: 'integer',
    minimum: 0,
    description: 'Amount that has been refunded so far. The charge itself stays `captured`.',
  },
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  tax_rate_bps: {
    type: ['integer', 'null'],
    description:
      'Tax rate in force on the business date, in basis points (1000 is 10%). Null until the capture.',
  },
  description: { type: 'string', description: 'What is sold, as the subscriber reads it.' },
  reference: { type: ['string', 'null'], description: 'Your own reference for this sale.' },
  capture: {
    enum: ['automatic', 'manual'],
    description:
      '`automatic`: captured as soon as the subscriber confirms. `manual`: confirmation reserves the amount, and you capture it.',
  },
  consent: {
    ...idOf('consent'),
    type: ['string', 'null'],
    description: 'For a usage charge, the consent that covers it.',
  },
  subscription: {
    ...idOf('subscription'),
    type: ['string', 'null'],
    description: 'For a monthly charge, its subscription.',
  },
  subscription_month: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'For a monthly charge, the month that it pays for.',
  },
  confirm_url: apiFields.confirmUrl,
  ...refusalFields,
  created_at: {
    ...apiFields.instant,
    description: 'When the charge was created. All times are in UTC, with milliseconds.',
  },
  expires_at: {
    ...apiFields.maybeInstant,
    description:
      'Until when the charge can be confirmed or captured. An authorization ends earlier if its buyer loses the line.',
  },
  authorized_at: { ...apiFields.maybeInstant, description: 'When the subscriber confirmed.' },
  captured_at: { ...apiFields.maybeInstant, description: 'When the charge was captured.' },
  business_date: { ...apiFields.maybeDate, description: 'Date of the capture in the billing time zone.' },
  billing_period: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description:
      'Billing period, named by the month in which it begins. The charge is part of the settlement of that month.',
  },
  late: {
    type: 'boolean',
    description:
      'True if the charge was captured after its own billing period had closed, and is billed in the next one.',
  },
  ended_at: { ...apiFields.maybeInstant, description: 'When the charge was cancelled or expired.' },
  ended_by: {
    type: ['string', 'null'],
    description:
      'What ended the charge: `company`, `subscriber`, `support`, `time`, or `entitlement` if the buyer lost the line.',
  },
} as const;

export const partnerField = {
  ...apiFields.code,
  description:
    'Code of the sales partner who brought this sale. The partner needs terms with you on this day; it gets its commission when the month is settled.',
} as const;

export const chargeSchema = {
  ...completeObject('Charge', chargeMembers),
  properties: {
    ...chargeMembers,
    partner: {
      ...partnerField,
      description: 'Sales partner who brought this sale. Absent if you named none.',
    },
  },
} as const;

export const newChargeSchema = {
  type: 'object',
  title: 'NewCharge',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that sells.' },
    amount: apiFields.amount,
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: apiFields.reference,
    partner: partnerField,
    return_url: apiFields.returnUrl,
    capture: {
      enum: ['automatic', 'manual'],
      description:
        '`automatic`: captured as soon as the subscriber confirms. `manual`: confirmation reserves the amount, and you capture it.',
    },
  },
  required: ['service', 'amount', 'tax_code', 'description', 'return_url', 'capture'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const captureSchema = {
  type: 'object',
  title: 'Capture',
  properties: {
    amount: {
      ...apiFields.amount,
      description: 'Amount to capture: at most the authorized amount, which is also the default.',
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of charges is filtered by. */
export const chargeFilters = {
  ...listFilters,
  kind: { enum: kinds, description: 'Only charges of this kind.' },
  state: { enum: states, description: 'Only charges in this state now.' },
  consent: { ...takenIdOf('consent'), description: 'Only usage charges under this consent.' },
  subscription: { ...takenIdOf('subscription'), description: 'Only the months of this subscription.' },
  billing_period: billingPeriodFilter,
  reference: { ...apiFields.reference, description: 'Only those with this reference.' },
} as const satisfies Readonly<Record<string, Schema>>;
