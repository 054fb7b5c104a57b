import { scopeOf } from '../../access/can.rules.ts';
import { emptySchema, type AnyEndpoint } from '../define-endpoint.ts';
import type { ObjectSchema } from '../../shared/schema-type.ts';
import { problems, type ProblemCode } from '../../shared/problem.ts';
import { hoistSchemas, type Components } from './hoist-schemas.ts';

const READ_PROBLEMS: readonly ProblemCode[] = [
  'address-not-allowed',
  'api-key-invalid',
  'api-key-scope-missing',
  'company-suspended',
  'internal-error',
  'invalid-request',
  'rate-limit-exceeded',
  'service-unavailable',
  'signature-invalid',
  'signature-required',
];
const WRITE_PROBLEMS: readonly ProblemCode[] = [
  ...READ_PROBLEMS,
  'body-too-large',
  'idempotency-key-in-use',
  'idempotency-key-invalid',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'invalid-json',
  'unsupported-media-type',
];

/** The description of an identifier in a path. */
export const PATH_ID_DESCRIPTION = 'Identifier, as returned by the API.';

/** The refusals common to all operations of a method. */
export function commonProblems(method: AnyEndpoint['method']): readonly ProblemCode[] {
  return method === 'get' ? READ_PROBLEMS : WRITE_PROBLEMS;
}

/** Describes one operation for the document, from its endpoint definition and an example response. */
export function describeOperation(endpoint: AnyEndpoint, components: Components, exampleResponse?: object) {
  const isWrite = endpoint.method !== 'get';
  const parameters = [...describePath(endpoint), ...describeQuery(endpoint, components)];
  return {
    operationId: endpoint.name,
    tags: [endpoint.path.split('/')[2]],
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    security: [{ apiKey: [scopeOf(endpoint.permission)] }],
    parameters: isWrite ? [...parameters, { $ref: '#/components/parameters/IdempotencyKey' }] : parameters,
    ...(isWrite ? { requestBody: describeBody(endpoint, components) } : {}),
    responses: { ...describeResponse(endpoint, components, exampleResponse), ...describeProblems(endpoint) },
  };
}

function describePath({ path, exampleId }: AnyEndpoint) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: PATH_ID_DESCRIPTION,
    schema: { type: 'string' },
    ...(exampleId === undefined ? {} : { example: exampleId }),
  }));
}

function describeQuery({ query }: AnyEndpoint, components: Components) {
  return Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    // A parameter with a default is optional.
    required: (query?.required ?? []).includes(name) && schema['default'] === undefined,
    schema: hoistSchemas(schema, components, 'sent'),
  }));
}

function describeBody(endpoint: AnyEndpoint, components: Components) {
  const { exampleBody, upload } = endpoint;
  if (upload) {
    const schema = { type: 'string', format: 'binary' };
    return { required: true, content: { [upload.mediaType]: { schema, example: upload.example } } };
  }
  const body: ObjectSchema = endpoint.documentedBody ?? endpoint.body ?? emptySchema;
  return {
    required: (body.required ?? []).length > 0,
    content: {
      'application/json': {
        schema: hoistSchemas(body, components, 'sent'),
        ...(exampleBody === undefined ? {} : { example: exampleBody }),
      },
    },
  };
}

function describeResponse(endpoint: AnyEndpoint, components: Components, example?: object) {
  const replayed = {
    'Idempotent-Replayed': {
      description: '`true` if this is the stored response to an earlier request.',
      schema: { const: 'true' },
    },
  };
  const headers = { ...rateLimitHeaders, ...(endpoint.method !== 'get' ? replayed : {}) };
  if (endpoint.file) {
    const content = { [endpoint.file.mediaType]: { schema: { type: 'string', format: 'binary' } } };
    return { [endpoint.status]: { description: 'OK.', headers, content } };
  }
  return {
    [endpoint.status]: {
      description: statusTexts[endpoint.status],
      headers,
      content: {
        'application/json': {
          schema: hoistSchemas(endpoint.response, components, 'returned'),
          ...(example === undefined ? {} : { example }),
        },
      },
    },
  };
}

const statusTexts = { 200: 'OK.', 201: 'Created.', 202: 'Accepted.' };

const rateLimitHeaders = {
  'RateLimit-Policy': { $ref: '#/components/headers/RateLimitPolicy' },
  RateLimit: { $ref: '#/components/headers/RateLimit' },
};

/** One response per status, with the problem codes of that status. */
function describeProblems(endpoint: AnyEndpoint) {
  const codes = [...commonProblems(endpoint.method), ...endpoint.problems];
  const byStatus = Map.groupBy([...new Set(codes)].sort(), (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, codesOfStatus]) => [
      status,
      {
        description: codesOfStatus.map((code) => `\`${code}\`: ${problems[code].title}.`).join('\n'),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}
