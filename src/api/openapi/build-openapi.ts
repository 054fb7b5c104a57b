import type { Config } from '../../../config/config.ts';
import type { AnyEndpoint } from '../define-endpoint.ts';
import { problemSchema } from '../../http/problem.schema.ts';
import { hoistSchemas, type Components } from './hoist-schemas.ts';
import { describeOperation } from './operation.ts';

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: { readonly schemas: Components; readonly [section: string]: unknown };
  readonly [member: string]: unknown;
}

/** Example responses by the name of the operation. */
export type ExampleResponses = Readonly<Record<string, object>>;

const INTRODUCTION = `Amounts are whole numbers of minor units and include tax. Every POST needs an Idempotency-Key and takes effect
once: if it is sent again within seven days, the first response is returned, refusals included. Refusals are RFC 9457
problems; the meaning of a \`code\` never changes.`;

/** Builds the document from the same endpoint definitions as the routes, so that the two cannot differ. */
export function buildOpenApi(
  { publicOrigin, carrier }: Pick<Config, 'publicOrigin' | 'carrier'>,
  endpoints: readonly AnyEndpoint[],
  examples: ExampleResponses = {},
): OpenApiDocument {
  const schemas: Components = {};
  hoistSchemas(problemSchema, schemas, 'returned');
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    const operation = describeOperation(endpoint, schemas, examples[endpoint.name]);
    paths[path] = { ...paths[path], [endpoint.method]: operation };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: `${carrier.nameEn}: charges for content companies`,
      version: '1',
      description: INTRODUCTION,
    },
    servers: [{ url: publicOrigin }],
    paths,
    components: {
      schemas,
      parameters: { IdempotencyKey: idempotencyKey },
      headers: rateLimitHeaders,
      securitySchemes: { apiKey },
    },
  };
}

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'A unique random string for each new request, the same one for its retries; with or without double quotes.',
  schema: { type: 'string', minLength: 1, maxLength: 257 },
  example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
};

const rateLimitHeaders = {
  RateLimitPolicy: {
    description:
      'How many requests of your company are accepted: `q` in a window of `w` seconds (draft-ietf-httpapi-ratelimit-headers).',
    schema: { type: 'string' },
    example: '"company";q=4000;w=2',
  },
  RateLimit: {
    description:
      'How many requests are left now (`r`), and in how many seconds all are there again, or the next one if none is left (`t`).',
    schema: { type: 'string' },
    example: '"company";r=3999;t=1',
  },
};

const apiKey = { type: 'http', scheme: 'bearer', bearerFormat: 'tbn_<id>_<secret>' };
