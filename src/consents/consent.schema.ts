import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import { refusalFields } from '../checkout/refusal.schema.ts';
import { listFilters } from '../api/list-filters.ts';
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
  reference: { type: ['string', 'null'], description: 'Your own reference for this consent.' },
  currency: apiFields.currency,
  confirm_url: apiFields.confirmUrl,
  ...refusalFields,
  created_at: { ...apiFields.instant, description: 'When the consent was requested.' },
  expires_at: {
    ...apiFields.maybeInstant,
    description: 'Until when the subscriber can decide. Null once that is over.',
  },
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
    reference: {
      ...apiFields.reference,
      description:
        'Your own reference for this consent, such as a member number. Nobody else sees it; lists can be filtered by it. It may contain the same characters as `description`.',
    },
    return_url: apiFields.returnUrl,
  },
  required: ['service', 'description', 'return_url'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of consents is filtered by. */
export const consentFilters = {
  ...listFilters,
  state: { enum: states, description: 'Only consents in this state now.' },
  reference: { ...apiFields.reference, description: 'Only those with this reference.' },
} as const satisfies Readonly<Record<string, Schema>>;
