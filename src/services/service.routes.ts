import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { apiFields, pageQuery } from '../api/field-schemas.ts';
import type { FromSchema, ObjectSchema } from '../shared/schema-type.ts';
import { getOfferedService, listOfferedServices } from './offered-services.queries.ts';
import type { Service } from '../companies/service.entity.ts';
import { serviceListSchema, serviceSchema } from './service.schema.ts';
import { originsOf } from '../companies/site-origins.rules.ts';

const listQuery = {
  type: 'object',
  properties: {
    ...pageQuery,
    after: { ...apiFields.code, description: 'Cursor: `next` of the previous page.' },
  },
  required: ['limit'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

const list = defineEndpoint({
  name: 'listServices',
  method: 'get',
  path: '/v1/services',
  permission: 'services:read',
  summary: 'List services',
  description: 'Lists your services in the order of their codes, suspended ones too.',
  query: listQuery,
  status: 200,
  response: serviceListSchema,
  problems: [],
  handle: async (deps, { actor, query: { limit, after } }) => {
    const rows = await listOfferedServices(deps, actor, { limit: limit + 1, after });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: shown.map(presentService), next: last?.code ?? null };
  },
});

const get = defineEndpoint({
  name: 'getService',
  method: 'get',
  path: '/v1/services/:id',
  permission: 'services:read',
  summary: 'Get a service',
  description: 'Returns one of your services by its code.',
  exampleId: exampleIds.service,
  status: 200,
  response: serviceSchema,
  problems: ['offered-service-not-found'],
  handle: async (deps, { actor, params }) =>
    presentService(await getOfferedService(deps, actor, params['id'] ?? '')),
});

/** A service as its company sees it. */
function presentService(service: Service): FromSchema<typeof serviceSchema> {
  return {
    code: service.code,
    name: service.name,
    name_en: service.nameEn,
    state: service.state,
    complete: service.platform != null,
    return_origins: originsOf(service),
    platform: service.platform ?? null,
    listed_from: service.listedFrom ?? null,
    created_at: service.createdAt.toISOString(),
  };
}

/** The services under which a company sells. */
export const serviceEndpoints = [list, get];
