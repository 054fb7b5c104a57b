import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';

const states = ['pending', 'active', 'declined', 'expired', 'ended'] as const;

export const consentSchema = completeObject('Consent', {
  id: { ...idOf('consent'), description: 'Identifier of the consent.' },
  state: {
    enum: states,
    description:
      '`pending`: waits for the subscriber. `active`: granted; usage charges are accepted. `declined`: the subscriber declined. `expired`: not granted within half an hour. `ended`: revoked.',
  },
  service: apiFields.code,
  description: { type: 'string', description: 'What the subscriber agrees to pay for.' },
  per_charge_max: {
    type: ['integer', 'null'],
    description: 'Maximum amount of one usage charge, in minor units. Null if there is no maximum.',
  },
  currency: apiFields.currency,
  confirm_url: apiFields.confirmUrl,
  created_at: { ...apiFields.instant, description: 'When the consent was requested.' },
  agreed_at: { ...apiFields.maybeInstant, description: 'When the subscriber granted the consent.' },
  ended_at: {
    ...apiFields.maybeInstant,
    description: 'When the consent was declined, expired or was revoked.',
  },
});

export const newConsentSchema = {
  type: 'object',
  title: 'NewConsent',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that will charge the uses.' },
    description: { ...apiFields.description, description: 'What the subscriber agrees to pay for.' },
    per_charge_max: {
      ...apiFields.amount,
      description:
        'Maximum amount of one usage charge, in minor units. The subscriber sees it on the confirmation page.',
    },
    return_url: apiFields.returnUrl,
  },
  required: ['service', 'description', 'return_url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of consents is filtered by. */
export const consentFilters = {
  state: { enum: states, description: 'Only consents in this state now.' },
} as const satisfies Readonly<Record<string, Schema>>;
