import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { apiFields, completeObject, idOf, takenIdOf } from '../api/field-schemas.ts';
import { publicId, requireStoredId } from '../shared/public-id.rules.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import { checkLine } from './check-line.ts';

const newLineCheckSchema = {
  type: 'object',
  title: 'NewLineCheck',
  properties: {
    consent: { ...takenIdOf('consent'), description: 'Consent of the subscriber. It must be active.' },
    amount: {
      ...apiFields.amount,
      description:
        'One of the amounts that can be checked; another one is refused, and the refusal names them.',
    },
  },
  required: ['consent', 'amount'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const lineCheckSchema = completeObject('LineCheck', {
  consent: { ...idOf('consent'), description: 'Consent that was checked.' },
  amount: { ...apiFields.amount, description: 'Amount that was checked.' },
  currency: apiFields.currency,
  possible: {
    type: 'boolean',
    description:
      'Whether a use of this amount could be charged now. Nothing is reserved: a charge may be refused a moment later. False says nothing of the reason.',
  },
  checked_on: { type: 'string', format: 'date', description: 'Business date of the check.' },
  remaining: { type: 'integer', minimum: 0, description: 'Further checks of this consent on the same date.' },
});

const create = defineEndpoint({
  name: 'createLineCheck',
  method: 'post',
  path: '/v1/line-checks',
  permission: 'line-checks:write',
  summary: 'Check whether a use could be charged',
  description:
    'Returns whether one of some fixed amounts could be charged under an active consent now. A consent can be checked a few times a day.',
  body: newLineCheckSchema,
  exampleBody: { consent: exampleIds.consent, amount: 500 },
  status: 200,
  response: lineCheckSchema,
  problems: [
    'amount-not-checked',
    'line-check-limit',
    'consent-not-found',
    'consent-not-active',
    'company-suspended',
    'contract-missing',
    'amount-above-consent',
    'amount-above-contract',
  ],
  handle: async (deps, { actor, body }) => {
    const consentId = requireStoredId('consent', body.consent);
    const answer = await checkLine(deps, actor, { consentId, amountMinor: BigInt(body.amount) });
    return {
      consent: publicId('consent', consentId),
      amount: body.amount,
      currency: deps.config.currency,
      possible: answer.possible,
      checked_on: answer.checkedOn,
      remaining: answer.remaining,
    };
  },
});

/** Whether somebody could buy, without selling. */
export const lineCheckEndpoints = [create];
