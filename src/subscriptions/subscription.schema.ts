import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const states = ['pending', 'active', 'leaving', 'ended', 'declined', 'expired'] as const;

/** The days that every month has but the closing ones, and 31 for the month end (domain.md section 2). */
const chargeDays: readonly number[] = [...Array.from({ length: 25 }, (_, index) => index + 1), 31];

const terms = {
  item: {
    ...apiFields.code,
    description: 'Your code of what is subscribed to; one month of it is never charged twice.',
  },
  charge_day: {
    enum: chargeDays,
    description: 'Day of the month on which it is charged: 1 to 25, or 31 for the month end.',
  },
  first_month_free: {
    type: 'boolean',
    description:
      'Whether the month of joining costs nothing: the first one ever of the line’s holder and the item, whoever on the line joins.',
  },
  last_month_free: {
    type: 'boolean',
    description:
      'Whether the month of leaving costs nothing to who leaves by its charge day: once per holder of the line and item. Who joins again in it pays for it after all.',
  },
} as const;

export const subscriptionSchema = completeObject('Subscription', {
  id: { ...idOf('subscription'), description: 'Names the subscription in every later request.' },
  state: {
    enum: states,
    description:
      'Waiting for the subscriber, joined, left, over, refused, or out of time. A leaving one still has its last month to be settled. Half an hour after you made it, one that waits is `expired`.',
  },
  service: apiFields.code,
  ...terms,
  amount: { ...apiFields.amount, description: 'Tax-inclusive amount of each month in minor units.' },
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  description: { type: 'string', description: 'What is sold, as the subscriber reads it.' },
  reference: { type: ['string', 'null'], description: 'Your own name for this sale.' },
  confirm_url: apiFields.confirmUrl,
  created_at: { ...apiFields.instant, description: 'When you made it.' },
  joined_at: { ...apiFields.maybeInstant, description: 'When the subscriber confirmed.' },
  joined_on: { ...apiFields.maybeDate, description: 'Local date of joining; its month is the first.' },
  left_at: { ...apiFields.maybeInstant, description: 'When it was cancelled, by you or the subscriber.' },
  left_on: { ...apiFields.maybeDate, description: 'Local date of leaving; its month is the last.' },
  renewed_through: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Last month that is settled, charged or free.',
  },
});

export const newSubscriptionSchema = {
  type: 'object',
  title: 'NewSubscription',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that sells.' },
    item: terms.item,
    amount: {
      ...apiFields.amount,
      description: 'Tax-inclusive amount of each month in minor units; never changes.',
    },
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: apiFields.reference,
    charge_day: terms.charge_day,
    first_month_free: {
      ...terms.first_month_free,
      description:
        'The month of joining costs nothing to a line whose holder has never had the item; false by default.',
    },
    last_month_free: {
      ...terms.last_month_free,
      description:
        'The month of leaving costs nothing to who leaves by its charge day, once per holder of the line and item; false by default. Who joins again in it pays for it after all.',
    },
    return_url: apiFields.returnUrl,
  },
  required: ['service', 'item', 'amount', 'tax_code', 'description', 'charge_day', 'return_url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of subscriptions is filtered by. */
export const subscriptionFilters = {
  state: { enum: states, description: 'Only subscriptions that are in this state now.' },
  reference: { ...apiFields.reference, description: 'Only those of this name of yours.' },
} as const satisfies Readonly<Record<string, Schema>>;
