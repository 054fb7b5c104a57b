import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';

const count = (description: string) => ({ type: 'integer', minimum: 0, description }) as const;

const rowCounts = completeObject('UsageFileRows', {
  total: {
    type: ['integer', 'null'],
    minimum: 0,
    description: 'Rows of the file. Null until all are read.',
  },
  read: count('Rows that have been read.'),
  charged: count('Rows that were charged.'),
  repeated: count('Rows whose use had been charged before under its `item_key`; they cost nothing again.'),
  refused: count('Rows that were refused.'),
});

const members = {
  id: { ...idOf('usage-file'), description: 'Identifier of the file.' },
  state: {
    enum: ['received', 'checking', 'charging', 'done', 'refused'],
    description:
      '`received`: the rows are being read. `checking`: they are decided on. `charging`: they are being charged. `done`: the result is ready. `refused`: nothing was charged; the result says why.',
  },
  partial: {
    type: 'boolean',
    description: 'Whether refused rows leave the others to be charged.',
  },
  filename: {
    type: ['string', 'null'],
    description: 'As your computer called it. Null for a file sent here.',
  },
  sha256: {
    type: 'string',
    pattern: '^[0-9a-f]{64}$',
    description: 'Hash of the bytes. The same bytes are the same file.',
  },
  bytes: { type: 'integer', minimum: 1, description: 'Size of the file.' },
  rows: rowCounts,
  progress: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    description: 'How far reading, checking and charging are together, in percent.',
  },
  charged_amount: {
    type: 'integer',
    minimum: 0,
    description: 'Sum of what the rows charged, including tax, in minor units.',
  },
  refusal: {
    enum: ['unreadable', 'rows-refused', null],
    description:
      'Why the file was refused as a whole. `unreadable`: the file is not in the format. `rows-refused`: rows were refused and the file is not `partial`. Null otherwise.',
  },
  refusal_detail: { type: ['string', 'null'], description: 'The same in words. Null if it was not refused.' },
  created_at: { ...apiFields.instant, description: 'When the file arrived.' },
  finished_at: { ...apiFields.maybeInstant, description: 'When it was done or refused. Null until then.' },
} as const;

export const usageFileSchema = completeObject('UsageFile', members);

export const receivedFileSchema = completeObject('ReceivedUsageFile', {
  ...members,
  already_received: {
    type: 'boolean',
    description: 'True if you sent the same bytes before: this is that file, and nothing is charged again.',
  },
});

export const uploadQuerySchema = {
  type: 'object',
  properties: {
    partial: {
      enum: ['true', 'false'],
      default: 'false',
      description:
        '`true` charges the rows that can be charged and refuses the others. By default the file is charged as a whole or not at all.',
    },
  },
  required: ['partial'],
  additionalProperties: false,
} as const satisfies ObjectSchema;
