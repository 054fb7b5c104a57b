import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import { givenInstant } from '../api/list-filters.ts';
import type { Schema } from '../shared/schema-type.ts';
import { publishedTypes } from './published-types.ts';

export const eventSchema = completeObject('Event', {
  id: {
    ...idOf('event'),
    description:
      'Identifier of the event. A webhook has it in the header `webhook-id` too, the same however often it is sent: handle each once.',
  },
  type: {
    enum: publishedTypes,
    description: 'What happened. New types may be added: ignore those that you do not know.',
  },
  sequence: {
    type: 'integer',
    minimum: 1,
    description:
      'Number of the event among those of your company, from 1 without a gap. Webhooks may arrive in another order.',
  },
  occurred_at: { ...apiFields.instant, description: 'When it happened.' },
  created_at: {
    ...apiFields.instant,
    description: 'When the event was numbered, mostly a second later. It rises with `sequence`.',
  },
  data: completeObject('EventData', {
    object: {
      type: 'object',
      additionalProperties: true,
      description:
        'What it happened to, as it was then: a charge, a consent or a subscription as the API returns it; anything else with an `id` and what is worth knowing.',
    },
    details: {
      type: 'object',
      additionalProperties: true,
      description:
        'What else there is to know: of `charge.refunded` the refund, of `subscription.renewed` the month and its charge, of `subscription.renewal-refused` the month and the problem. Empty for other types.',
    },
  }),
});

/** What a list of events is filtered by. */
export const eventFilters = {
  type: { enum: publishedTypes, description: 'Only events of this type.' },
  subject: {
    type: 'string',
    minLength: 1,
    maxLength: 70,
    pattern: '^[!-~]+$',
    mustBe: 'an identifier of at most 70 visible ASCII characters',
    description: 'Only events of this object, by the identifier that `data.object` has.',
  },
  created_since: { ...givenInstant, description: 'Only events numbered at this time or later.' },
  created_before: { ...givenInstant, description: 'Only events numbered before this time.' },
} as const satisfies Readonly<Record<string, Schema>>;
