import { completeObject, fields, idOf, pageOf, pageQuery } from '../http/field-schemas.ts';
import type { ObjectSchema } from '../http/schema-type.ts';

const states = ['pending', 'authorized', 'captured', 'cancelled', 'expired'] as const;

export const chargeSchema = completeObject('Charge', {
  id: idOf('charge'),
  kind: { enum: ['one_time', 'monthly', 'usage'] },
  state: { enum: states, description: 'Only captured charges are billed.' },
  service: fields.code,
  amount: { ...fields.amount, maximum: 9_999_999_999 },
  captured_amount: { type: ['integer', 'null'], description: 'What is billed; at most `amount`.' },
  currency: fields.currency,
  tax_code: fields.taxCode,
  tax_rate_bps: {
    type: ['integer', 'null'],
    description: 'Rate in force on the business date, in 1/100 %.',
  },
  description: { type: 'string' },
  reference: { type: ['string', 'null'] },
  capture: { enum: ['automatic', 'manual'] },
  consent: { ...idOf('consent'), type: ['string', 'null'] },
  subscription: { ...idOf('subscription'), type: ['string', 'null'] },
  subscription_month: { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}$' },
  confirm_url: fields.confirmUrl,
  created_at: fields.instant,
  expires_at: { ...fields.maybeInstant, description: 'Until when it may be confirmed or captured.' },
  authorized_at: fields.maybeInstant,
  captured_at: fields.maybeInstant,
  business_date: { ...fields.maybeDate, description: 'Local date of the capture.' },
  billing_period: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Named by the month it begins in; the settlement of this month takes the charge.',
  },
  late: { type: 'boolean', description: 'Whether it came after its own period had closed.' },
  ended_at: fields.maybeInstant,
  ended_by: {
    type: ['string', 'null'],
    description: 'Who ended it: company, subscriber, support or time.',
  },
});

export const newChargeSchema = {
  type: 'object',
  title: 'NewCharge',
  properties: {
    service: { ...fields.code, description: 'Code of the service that sells.' },
    amount: fields.amount,
    tax_code: fields.taxCode,
    description: fields.description,
    reference: fields.reference,
    return_url: fields.returnUrl,
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
    amount: { ...fields.amount, description: 'At most the authorized amount, which is the default.' },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const chargeListQuery = {
  type: 'object',
  properties: {
    ...pageQuery,
    after: { ...idOf('charge'), description: '`next` of the page before.' },
    state: { enum: states },
    reference: fields.reference,
  },
  required: ['limit'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const chargeListSchema = pageOf('ChargeList', chargeSchema, 'charge');
