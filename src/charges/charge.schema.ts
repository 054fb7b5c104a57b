import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const states = ['pending', 'authorized', 'captured', 'cancelled', 'expired'] as const;

export const chargeSchema = completeObject('Charge', {
  id: { ...idOf('charge'), description: 'Names the charge in every later request.' },
  kind: {
    enum: ['one_time', 'monthly', 'usage'],
    description: 'Sold once, a month of a subscription, or a use under a consent.',
  },
  state: {
    enum: states,
    description:
      'Waiting for the subscriber, confirmed and reserved, billed, called off, or out of time. Only captured charges are billed. A charge is `expired` from the very instant of its `expires_at`, in lists too.',
  },
  service: apiFields.code,
  amount: { ...apiFields.amount, maximum: 9_999_999_999 },
  captured_amount: { type: ['integer', 'null'], description: 'What is billed; at most `amount`.' },
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  tax_rate_bps: {
    type: ['integer', 'null'],
    description: 'Rate in force on the business date, in 1/100 %.',
  },
  description: { type: 'string', description: 'What is sold, as the subscriber reads it.' },
  reference: { type: ['string', 'null'], description: 'Your own name for this sale.' },
  capture: { enum: ['automatic', 'manual'], description: 'As you chose when you made it.' },
  consent: {
    ...idOf('consent'),
    type: ['string', 'null'],
    description: 'Of a usage charge: the consent that covers it.',
  },
  subscription: {
    ...idOf('subscription'),
    type: ['string', 'null'],
    description: 'Of a monthly charge: its subscription.',
  },
  subscription_month: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Of a monthly charge: the month it pays for.',
  },
  confirm_url: apiFields.confirmUrl,
  created_at: {
    ...apiFields.instant,
    description: 'When you made it. UTC, with milliseconds, like all instants.',
  },
  expires_at: {
    ...apiFields.maybeInstant,
    description:
      'Until when it may be confirmed or captured. An authorization ends earlier when its buyer loses the line.',
  },
  authorized_at: { ...apiFields.maybeInstant, description: 'When the subscriber confirmed.' },
  captured_at: { ...apiFields.maybeInstant, description: 'When it was captured.' },
  business_date: { ...apiFields.maybeDate, description: 'Local date of the capture.' },
  billing_period: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Named by the month it begins in; the settlement of this month takes the charge.',
  },
  late: { type: 'boolean', description: 'Whether it came after its own period had closed.' },
  ended_at: { ...apiFields.maybeInstant, description: 'When it was cancelled, or its time ran out.' },
  ended_by: {
    type: ['string', 'null'],
    description:
      'Who or what ended it: company, subscriber, support, time, or entitlement, when the buyer lost the line.',
  },
});

export const newChargeSchema = {
  type: 'object',
  title: 'NewCharge',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that sells.' },
    amount: apiFields.amount,
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: apiFields.reference,
    return_url: apiFields.returnUrl,
    capture: {
      enum: ['automatic', 'manual'],
      description: 'Whether the confirmation captures at once, or you do when you deliver.',
    },
  },
  required: ['service', 'amount', 'tax_code', 'description', 'return_url', 'capture'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const captureSchema = {
  type: 'object',
  title: 'Capture',
  properties: {
    amount: { ...apiFields.amount, description: 'At most the authorized amount, which is the default.' },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of charges is filtered by. */
export const chargeFilters = {
  state: { enum: states, description: 'Only charges that are in this state now.' },
  reference: { ...apiFields.reference, description: 'Only those of this name of yours.' },
} as const satisfies Readonly<Record<string, Schema>>;
