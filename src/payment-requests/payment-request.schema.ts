import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import { listFilters } from '../api/list-filters.ts';
import type { ObjectSchema, Schema } from '../shared/schema-type.ts';
import { addresseeKinds, MAX_ADDRESSEE_LENGTH } from './addressee.rules.ts';
import { MAX_PAYMENT_REQUEST_DAYS, paymentRequestStates } from './payment-request.rules.ts';

const toKind = {
  enum: addresseeKinds,
  description: 'What `to` is: a line ID, a telephone number or an issued ID.',
} as const satisfies Schema;

export const paymentRequestSchema = completeObject('PaymentRequest', {
  id: { ...idOf('payment-request'), description: 'Identifier of the payment request.' },
  state: {
    enum: paymentRequestStates,
    description:
      '`pending`: waits for the addressee. A request to nobody waits too, until it expires. `confirmed`: paid; `charge` names the charge. `declined`: the addressee does not pay. `withdrawn`: you took it back. `expired`: nobody decided in time.',
  },
  service: apiFields.code,
  amount: apiFields.amount,
  currency: apiFields.currency,
  tax_code: apiFields.taxCode,
  description: { type: 'string', description: 'What the addressee is asked to pay for.' },
  reference: { type: ['string', 'null'], description: 'Your own reference for this request.' },
  to_kind: toKind,
  to_ending: {
    type: 'string',
    description: 'The last four characters of the addressee. The rest is not returned.',
  },
  charge: {
    type: ['string', 'null'],
    pattern: idOf('charge').pattern,
    description: 'The charge by which it was paid. Null unless the state is `confirmed`.',
  },
  created_at: { ...apiFields.instant, description: 'When the request was created.' },
  expires_at: {
    ...apiFields.maybeInstant,
    description: 'Until when the addressee can decide. Null once that is over.',
  },
  ended_at: {
    ...apiFields.maybeInstant,
    description: 'When the request was confirmed, declined or withdrawn, or expired.',
  },
});

export const newPaymentRequestSchema = {
  type: 'object',
  title: 'NewPaymentRequest',
  properties: {
    service: { ...apiFields.code, description: 'Code of the service that is sold.' },
    amount: apiFields.amount,
    tax_code: apiFields.taxCode,
    description: {
      ...apiFields.description,
      description:
        'What the addressee is asked to pay for. They read it before they pay, and on the invoice. It may contain the same characters as the description of a charge.',
    },
    to_kind: toKind,
    to: {
      type: 'string',
      minLength: 1,
      maxLength: MAX_ADDRESSEE_LENGTH,
      description:
        'Whom you ask, in the form that `to_kind` names; blanks and hyphens do not count. Only the form is checked: the response is the same whether or not there is such a subscriber.',
    },
    reference: apiFields.reference,
    expires_in_days: {
      type: 'integer',
      minimum: 1,
      maximum: MAX_PAYMENT_REQUEST_DAYS,
      description: 'Days until it expires; a week by default.',
    },
  },
  required: ['service', 'amount', 'tax_code', 'description', 'to_kind', 'to'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** What a list of payment requests is filtered by. */
export const paymentRequestFilters = {
  ...listFilters,
  state: { enum: paymentRequestStates, description: 'Only payment requests in this state now.' },
  reference: { ...apiFields.reference, description: 'Only those with this reference.' },
} as const satisfies Readonly<Record<string, Schema>>;
