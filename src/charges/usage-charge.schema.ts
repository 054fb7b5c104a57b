import { apiFields, idOf } from '../api/field-schemas.ts';
import { itemProblemSchema } from '../http/problem.schema.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import { chargeSchema } from './charge.schema.ts';

/** As many as one transaction should hold. */
export const MAX_BATCH = 1000;
export const BATCH_LIMIT_BYTES = 1024 * 1024;

export const usageChargeSchema = {
  type: 'object',
  title: 'UsageCharge',
  properties: {
    consent: { ...idOf('consent'), description: "The subscriber's standing consent." },
    amount: apiFields.amount,
    tax_code: apiFields.taxCode,
    description: apiFields.description,
    reference: {
      ...apiFields.reference,
      description: `${apiFields.reference.description} It may come more than once, and each use is charged: what keeps one from being charged twice is \`item_key\`.`,
    },
    item_key: apiFields.itemKey,
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
      description: 'The uses, in the order in which they are to be charged.',
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
      description: 'One for each item, in the order of the request: a charge or a problem.',
      items: {
        type: 'object',
        title: 'UsageChargeOutcome',
        description: 'What became of one item: either `charge` or `problem` is there.',
        properties: {
          index: { type: 'integer', minimum: 0, description: 'Place of the item in the request, from 0.' },
          charge: chargeSchema,
          replayed: {
            type: 'boolean',
            description: 'True when `charge` was made before under the same `item_key`; else left out.',
          },
          problem: itemProblemSchema,
        },
        required: ['index'],
        additionalProperties: false,
      },
    },
    captured: { type: 'integer', minimum: 0, description: 'How many were charged by this request.' },
    replayed: {
      type: 'integer',
      minimum: 0,
      description: 'How many had been charged before under their `item_key`.',
    },
    refused: { type: 'integer', minimum: 0, description: 'How many were not accepted.' },
  },
  required: ['outcomes', 'captured', 'replayed', 'refused'],
  additionalProperties: false,
} as const satisfies ObjectSchema;
