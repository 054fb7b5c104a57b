import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import { refusalFields } from '../checkout/refusal.schema.ts';
import { listFilters } from '../api/list-filters.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const states = ['pending', 'active', 'leaving', 'ended', 'declined', 'expired'] as const;

/** The days that every month has but the closing ones, and 31 for the month end (domain.md section 2). */
const chargeDays: readonly number[] = [...Array.from({ length: 25 }, (_, index) => index + 1), 31];

const terms = {
  item: {
    ...apiFields.code,
    description: 'Your code of the item subscribed to. No month of an item is charged twice.',
  },
  charge_day: {
    enum: chargeDays,
    description:
      'Day of the month on which the month is charged: 1 to 25, or 31 for the last day of the month.',
  },
  first_month_free: {
    type: 'boolean',
    description:
      'Whether the month of joining is free. It is granted once for each line holder and item, whichever issued ID of the line joins.',
  },
  last_month_free: {
    type: 'boolean',
    description:
      'Whether the month of leaving is free for a subscriber who cancels by its charge day. It is granted once for each line holder and item. Who joins again in that month pays for it after all.',
  },
} as const;

export const subscriptionSchema = completeObject('Subscription', {
  id: { ...idOf('subscription'), description: 'Identifier of the subscription.' },
  state: {
    enum: states,
    description:
      '`pending`: waits for the subscriber. `active`: the months are charged. `leaving`: cancelled, with its last month still to be charged. `ended`: over. `declined`: the subscriber declined. `expired`: not confirmed within half an hour.',
  },
  service: apiFields.code,
  ...terms,
  amount: { ...apiFields.amount, description: 'Amount of each month including tax, in minor units.' },
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  description: { type: 'string', description: 'What is sold, as the subscriber reads it.' },
  reference: { type: ['string', 'null'], description: 'Your own reference for this sale.' },
  confirm_url: apiFields.confirmUrl,
  ...refusalFields,
  created_at: { ...apiFields.instant, description: 'When the subscription was created.' },
  expires_at: {
    ...apiFields.maybeInstant,
    description: 'Until when the subscriber can decide. Null once that is over.',
  },
  joined_at: { ...apiFields.maybeInstant, description: 'When the subscriber confirmed.' },
  joined_on: {
    ...apiFields.maybeDate,
    description: 'Date of joining in the billing time zone. Its month is the first one.',
  },
  left_at: { ...apiFields.maybeInstant, description: 'When the subscription was cancelled.' },
  left_on: {
    ...apiFields.maybeDate,
    description: 'Date of leaving in the billing time zone. Its month is the last one.',
  },
  renewed_through: {
    type: ['string', 'null'],
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Last month that has been charged or was free.',
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
      description: 'Amount of each month including tax, in minor units. It never changes.',
    },
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: apiFields.reference,
    charge_day: terms.charge_day,
    first_month_free: {
      ...terms.first_month_free,
      description:
        'Whether the month of joining is free. It is granted once for each line holder and item, whichever issued ID of the line joins. False by default.',
    },
    last_month_free: {
      ...terms.last_month_free,
      description:
        'Whether the month of leaving is free for a subscriber who cancels by its charge day. It is granted once for each line holder and item. Who joins again in that month pays for it after all. False by default.',
    },
    return_url: apiFields.returnUrl,
  },
  required: ['service', 'item', 'amount', 'tax_code', 'description', 'charge_day', 'return_url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of subscriptions is filtered by. */
export const subscriptionFilters = {
  ...listFilters,
  state: { enum: states, description: 'Only subscriptions in this state now.' },
  reference: { ...apiFields.reference, description: 'Only those with this reference.' },
} as const satisfies Readonly<Record<string, Schema>>;
