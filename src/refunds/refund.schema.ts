import { apiFields, completeObject, idOf, takenIdOf } from '../api/field-schemas.ts';
import { billingPeriodFilter, listFilters } from '../api/list-filters.ts';
import { readableText } from '../shared/readable-text.rules.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';
import { refundReasonCodes } from './refund-reason.rules.ts';

const MONTH = '^\\d{4}-(0[1-9]|1[0-2])$';

export const refundSchema = completeObject('Refund', {
  id: { ...idOf('refund'), description: 'Identifier of the refund.' },
  charge: { ...idOf('charge'), description: 'The charge that is refunded, whole or in part.' },
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
  amount: { ...apiFields.amount, maximum: 9_999_999_999 },
  refunded_amount: {
    type: 'integer',
    description: 'Amount of the charge that is refunded after this refund, with those before it.',
  },
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  tax_rate_bps: { type: 'integer', description: 'Tax rate of the charge, in basis points (1000 is 10%).' },
  reason: {
    enum: refundReasonCodes,
    description: 'Why it was refunded. The subscriber reads it in words of their language.',
  },
  note: { type: ['string', 'null'], description: 'Your own note. Null if we made the refund.' },
  reference: { type: ['string', 'null'], description: 'Your own reference. Null if we made the refund.' },
  refunded_by: {
    enum: ['company', 'carrier'],
    description: '`company`: you. `carrier`: our support centre or billing.',
  },
  paid_by: {
    enum: ['invoice', 'bank'],
    description:
      '`invoice`: deducted from the bill of the line. `bank`: paid to the former holder of a line that has changed hands.',
  },
  business_date: {
    type: 'string',
    format: 'date',
    description: 'Date of the refund in the billing time zone.',
  },
  billing_period: {
    type: 'string',
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Month of the settlement that deducts the refund, whichever month the charge was in.',
  },
  created_at: { ...apiFields.instant, description: 'When the refund was made.' },
});

const wanted = {
  amount: {
    ...apiFields.amount,
    description: 'Amount to refund: at most what is left of the charge, which is also the default.',
  },
  reason: {
    enum: refundReasonCodes,
    description: 'Why it is refunded. The subscriber reads it in words of their language.',
  },
  note: {
    ...readableText(200),
    description:
      'A note of your own, in the same characters as the `description` of a charge. The subscriber does not see it.',
  },
  reference: {
    ...apiFields.reference,
    description: 'Your own reference for this refund, such as the number of a return.',
  },
} as const;

export const newRefundSchema = {
  type: 'object',
  title: 'NewRefund',
  properties: wanted,
  required: ['reason'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const cancelledMonthSchema = {
  type: 'object',
  title: 'CancelledMonth',
  properties: {
    month: {
      type: 'string',
      pattern: MONTH,
      mustBe: 'a month, YYYY-MM',
      description: 'The month whose charge is refunded.',
    },
    note: wanted.note,
    reference: wanted.reference,
  },
  required: ['month'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What the list of refunds is filtered by. */
export const refundFilters = {
  ...listFilters,
  charge: { ...takenIdOf('charge'), description: 'Only refunds of this charge.' },
  subscription: {
    ...takenIdOf('subscription'),
    description: 'Only refunds of the months of this subscription.',
  },
  billing_period: billingPeriodFilter,
  reference: { ...apiFields.reference, description: 'Only those with this reference.' },
} as const satisfies Readonly<Record<string, Schema>>;
