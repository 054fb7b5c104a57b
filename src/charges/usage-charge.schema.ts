import { apiFields, takenIdOf } from '../api/field-schemas.ts';
import { itemProblemSchema } from '../http/problem.schema.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import { chargeSchema, partnerField } from './charge.schema.ts';

/** As many as one transaction should hold. */
export const MAX_BATCH = 1000;
export const BATCH_LIMIT_BYTES = 1024 * 1024;

export const usageChargeSchema = {
  type: 'object',
  title: 'UsageCharge',
  properties: {
    consent: { ...takenIdOf('consent'), description: 'Consent of the subscriber. It must be active.' },
    amount: apiFields.amount,
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: {
      ...apiFields.reference,
      description: `${apiFields.reference.description} It may be the same for several uses, and each of them is charged: only \`item_key\` prevents a double charge.`,
    },
    item_key: apiFields.itemKey,
    partner: partnerField,
  },
  required: ['consent', 'amount', 'tax_code', 'description'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** The request of many as a whole; its items are checked one by one, so that a wrong one harms no other. */
export const usageBatchSchema = {
  type: 'object',
  properties: {
    charges: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_BATCH,
      description: 'The uses, in the order in which they are charged.',
    },
  },
  required: ['charges'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

export const documentedUsageBatchSchema = {
  ...usageBatchSchema,
  title: 'UsageChargeBatch',
  properties: { charges: { ...usageBatchSchema.properties.charges, items: usageChargeSchema } },
} as const satisfies ObjectSchema;

export const usageOutcomesSchema = {
  type: 'object',
  title: 'UsageChargeOutcomes',
  properties: {
    outcomes: {
      type: 'array',
      description: 'One outcome for each item, in the order of the request.',
      items: {
        type: 'object',
        title: 'UsageChargeOutcome',
        description: 'Outcome of one item. Either `charge` or `problem` is present.',
        properties: {
          index: {
            type: 'integer',
            minimum: 0,
            description: 'Position of the item in the request, counted from 0.',
          },
          charge: chargeSchema,
          replayed: {
            type: 'boolean',
            description: 'True if `charge` was made earlier under the same `item_key`. Absent otherwise.',
          },
          problem: itemProblemSchema,
        },
        required: ['index'],
        additionalProperties: false,
      },
    },
    captured: { type: 'integer', minimum: 0, description: 'Number of items that this request charged.' },
    replayed: {
      type: 'integer',
      minimum: 0,
      description: 'Number of items that had been charged earlier under their `item_key`.',
    },
    refused: { type: 'integer', minimum: 0, description: 'Number of items refused.' },
  },
  required: ['outcomes', 'captured', 'replayed', 'refused'],
  additionalProperties: false,
} as const satisfies ObjectSchema;
