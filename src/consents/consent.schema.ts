import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const states = ['pending', 'active', 'declined', 'expired', 'ended'] as const;

export const consentSchema = completeObject('Consent', {
  id: { ...idOf('consent'), description: 'Names the consent in every later request.' },
  state: {
    enum: states,
    description:
      'Waiting for the subscriber, agreed, refused, out of time, or over. Usage charges are accepted while it is active. Half an hour after you asked, one that waits is `expired`.',
  },
  service: apiFields.code,
  description: { type: 'string', description: 'What the subscriber agrees to pay for.' },
  per_charge_max: {
    type: ['integer', 'null'],
    description: 'The most one usage charge may be, in minor units.',
  },
  currency: apiFields.currency,
  confirm_url: apiFields.confirmUrl,
  created_at: { ...apiFields.instant, description: 'When you asked for it.' },
  agreed_at: { ...apiFields.maybeInstant, description: 'When the subscriber agreed.' },
  ended_at: { ...apiFields.maybeInstant, description: 'When it was declined, expired or ended.' },
});

export const newConsentSchema = {
  type: 'object',
  title: 'NewConsent',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that will charge.' },
    description: { ...apiFields.description, description: 'What the subscriber agrees to pay for.' },
    per_charge_max: {
      ...apiFields.amount,
      description: 'The most one usage charge may be, promised to the subscriber.',
    },
    return_url: apiFields.returnUrl,
  },
  required: ['service', 'description', 'return_url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of consents is filtered by. */
export const consentFilters = {
  state: { enum: states, description: 'Only consents that are in this state now.' },
} as const satisfies Readonly<Record<string, Schema>>;
