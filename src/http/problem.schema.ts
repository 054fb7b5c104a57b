import type { ObjectSchema } from '../shared/schema-type.ts';

const fieldError = {
  type: 'object',
  properties: {
    pointer: {
      type: 'string',
      description: 'JSON pointer to the field in the body; for a query parameter, `/` and its name.',
    },
    message: { type: 'string', description: 'What the field must be, in words.' },
  },
  required: ['pointer', 'message'],
} as const satisfies ObjectSchema;

/** Members that a problem has wherever it stands. */
const members = {
  type: { type: 'string', format: 'uri', description: 'Address of the page about this problem.' },
  title: { type: 'string', description: 'The problem in a few words.' },
  status: { type: 'integer', description: 'The HTTP status; of an item, the one it would have alone.' },
  code: {
    type: 'string',
    description:
      'Base the decisions of your program on this. Each operation lists its codes; new codes may be added.',
    examples: ['limit-exceeded'],
  },
  detail: { type: 'string', description: 'What happened this time, for people to read.' },
  errors: { type: 'array', items: fieldError, description: 'One entry for each invalid field, at most 20.' },
} as const;

const required = ['type', 'title', 'status', 'code'] as const;

/** A refusal as it leaves the service (RFC 9457). */
export const problemSchema = {
  type: 'object',
  title: 'Problem',
  description: 'A refused request (RFC 9457). Further members are facts of the problem.',
  properties: {
    ...members,
    request_id: { type: 'string', description: 'Identifies the request; quote it when you contact us.' },
  },
  required,
} as const satisfies ObjectSchema;

/** A refusal inside the outcome of one item. */
export const itemProblemSchema = {
  type: 'object',
  title: 'ItemProblem',
  description: 'A refused item. Further members are facts of the problem.',
  properties: members,
  required,
} as const satisfies ObjectSchema;
