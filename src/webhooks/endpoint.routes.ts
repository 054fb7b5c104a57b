import { defineEndpoint, emptySchema } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { pageOf, pageQuery, takenIdOf } from '../api/field-schemas.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { Problem } from '../shared/problem.ts';
import { publicId, requireStoredId } from '../shared/public-id.rules.ts';
import type { FromSchema, ObjectSchema } from '../shared/schema-type.ts';
import { createEndpoint } from './create-endpoint.ts';
import { deleteEndpoint } from './delete-endpoint.ts';
import { listDeliveries } from './delivery.queries.ts';
import { editEndpoint } from './edit-endpoint.ts';
import { presentDelivery, presentEndpoint } from './endpoint.presenter.ts';
import { getEndpoint, listEndpoints } from './endpoint.queries.ts';
import {
  checkedEndpointEditSchema,
  checkedNewEndpointSchema,
  deliveryFilters,
  deliverySchema,
  endpointEditSchema,
  endpointSchema,
  newEndpointSchema,
  replayedSchema,
  replaySchema,
  rotationSchema,
} from './endpoint.schema.ts';
import { replayEvents } from './replay-events.ts';
import { rotateSecret } from './rotate-secret.ts';
import { testEndpoint } from './test-endpoint.ts';

const DEFAULT_OVERLAP_HOURS = 24;
const endpointOf = (params: Readonly<Record<string, string>>) =>
  requireStoredId('webhook-endpoint', params['id']);

const create = defineEndpoint({
  name: 'createWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints',
  permission: 'webhooks:write',
  summary: 'Create a webhook endpoint',
  description:
    'Sends your events to an address of yours from now on. Keep the `secret` of the response: it is shown once, and verifies that a message is from us.',
  body: checkedNewEndpointSchema,
  documentedBody: newEndpointSchema,
  exampleBody: {
    url: 'https://video.example/webhooks',
    description: '受注システム',
    event_types: ['charge.captured', 'charge.refunded'],
  },
  status: 201,
  response: endpointSchema,
  secretMember: 'secret',
  problems: ['too-many-webhook-endpoints'],
  handle: async (deps, { actor, body }) => {
    const { url, description, event_types: eventTypes, signing_key: hasSigningKey } = body;
    const created = await createEndpoint(deps, actor, { url, description, eventTypes, hasSigningKey });
    return presentEndpoint(created.endpoint, created.secret);
  },
});

const list = defineList({
  kind: 'webhook-endpoint',
  name: 'listWebhookEndpoints',
  path: '/v1/webhook-endpoints',
  permission: 'webhooks:read',
  summary: 'List webhook endpoints',
  description: 'Lists your endpoints, newest first.',
  filters: {},
  title: 'WebhookEndpointList',
  item: endpointSchema,
  find: listEndpoints,
  present: async (_, rows) => rows.map((row) => presentEndpoint(row)),
});

const get = defineGet({
  kind: 'webhook-endpoint',
  name: 'getWebhookEndpoint',
  path: '/v1/webhook-endpoints/:id',
  permission: 'webhooks:read',
  summary: 'Get a webhook endpoint',
  description: 'Returns one endpoint, without its secret.',
  response: endpointSchema,
  get: getEndpoint,
  present: async (_, row) => presentEndpoint(row),
});

const edit = defineEndpoint({
  name: 'editWebhookEndpoint',
  method: 'patch',
  path: '/v1/webhook-endpoints/:id',
  permission: 'webhooks:write',
  summary: 'Change a webhook endpoint',
  description: 'Changes what is given; the rest stays. Switches an endpoint off and on again too.',
  body: checkedEndpointEditSchema,
  documentedBody: endpointEditSchema,
  exampleBody: { event_types: null, state: 'enabled' },
  exampleId: exampleIds['webhook-endpoint'],
  status: 200,
  response: endpointSchema,
  problems: ['webhook-endpoint-not-found'],
  handle: async (deps, { actor, params, body }) => {
    const { url, description, event_types: eventTypes, state } = body;
    const endpointId = endpointOf(params);
    return presentEndpoint(
      await editEndpoint(deps, actor, { endpointId, url, description, eventTypes, state }),
    );
  },
});

const remove = defineEndpoint({
  name: 'deleteWebhookEndpoint',
  method: 'delete',
  path: '/v1/webhook-endpoints/:id',
  permission: 'webhooks:write',
  summary: 'Delete a webhook endpoint',
  description: 'Nothing is sent to it any more. Returns what it was.',
  body: emptySchema,
  exampleId: exampleIds['webhook-endpoint'],
  status: 200,
  response: endpointSchema,
  problems: ['webhook-endpoint-not-found'],
  handle: async (deps, { actor, params }) =>
    presentEndpoint(await deleteEndpoint(deps, actor, endpointOf(params))),
});

const rotate = defineEndpoint({
  name: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook-endpoints/:id/rotate-secret',
  permission: 'webhooks:write',
  summary: 'Replace the secret of a webhook endpoint',
  description:
    'Makes a new secret. Messages are signed with both for some hours, so that none is refused while you change over.',
  body: rotationSchema,
  exampleBody: { overlap_hours: 24 },
  exampleId: exampleIds['webhook-endpoint'],
  status: 200,
  response: endpointSchema,
  secretMember: 'secret',
  problems: ['webhook-endpoint-not-found'],
  handle: async (deps, { actor, params, body }) => {
    const overlapHours = body.overlap_hours ?? DEFAULT_OVERLAP_HOURS;
    const rotated = await rotateSecret(deps, actor, { endpointId: endpointOf(params), overlapHours });
    return presentEndpoint(rotated.endpoint, rotated.secret);
  },
});

const test = defineEndpoint({
  name: 'testWebhookEndpoint',
  method: 'post',
  path: '/v1/webhook-endpoints/:id/test',
  permission: 'webhooks:write',
  summary: 'Send a test event',
  description:
    'Sends an event of the type `webhook-endpoint.tested` within some seconds. Look at its attempts in the list of deliveries.',
  body: emptySchema,
  exampleId: exampleIds['webhook-endpoint'],
  status: 201,
  response: deliverySchema,
  problems: ['webhook-endpoint-not-found', 'webhook-endpoint-disabled', 'webhook-endpoint-busy'],
  handle: async (deps, { actor, params }) => {
    const delivery = await testEndpoint(deps, actor, endpointOf(params));
    return presentDelivery({ delivery, eventType: null, attempts: [] });
  },
});

const replay = defineEndpoint({
  name: 'replayEvents',
  method: 'post',
  path: '/v1/webhook-endpoints/:id/replay',
  permission: 'webhooks:write',
  summary: 'Send events again',
  description:
    'Sends one event again, or what was missed since a time, as after an outage of your server. Each has the `webhook-id` that it had before.',
  body: replaySchema,
  exampleBody: { since: '2026-05-09T15:00:00.000Z' },
  exampleId: exampleIds['webhook-endpoint'],
  status: 201,
  response: replayedSchema,
  problems: [
    'webhook-endpoint-not-found',
    'webhook-endpoint-disabled',
    'webhook-endpoint-busy',
    'event-not-found',
  ],
  handle: async (deps, { actor, params, body }) => {
    const endpointId = endpointOf(params);
    const { endpoint, events } = await replayEvents(deps, actor, { endpointId, ...whatOf(body) });
    return { endpoint: publicId('webhook-endpoint', endpoint.id), events };
  },
});

/** @throws Problem `invalid-request` unless it names one event or a time, and not both */
function whatOf({ event, since, only_missed: onlyMissed }: FromSchema<typeof replaySchema>) {
  if ((event === undefined) === (since === undefined))
    throw new Problem('invalid-request', {
      detail: 'Name either event or since.',
      errors: [{ pointer: '/since', message: 'must be given, or event, and not both' }],
    });
  if (event !== undefined) return { eventId: requireStoredId('event', event) };
  return { since: new Date(since ?? ''), onlyMissed: onlyMissed ?? true };
}

const deliveriesQuery = {
  type: 'object',
  properties: {
    ...pageQuery,
    after: { ...takenIdOf('webhook-delivery'), description: 'Cursor: `next` of the previous page.' },
    ...deliveryFilters,
  },
  required: ['limit'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

const deliveries = defineEndpoint({
  name: 'listWebhookDeliveries',
  method: 'get',
  path: '/v1/webhook-endpoints/:id/deliveries',
  permission: 'webhooks:read',
  summary: 'List the deliveries of a webhook endpoint',
  description: 'Lists what was sent in the last 30 days with each attempt, newest first.',
  query: deliveriesQuery,
  exampleId: exampleIds['webhook-endpoint'],
  status: 200,
  response: pageOf('WebhookDeliveryList', deliverySchema, 'webhook-delivery'),
  problems: ['webhook-endpoint-not-found'],
  handle: async (deps, { actor, params, query: { limit, after: cursor, state } }) => {
    const after = cursor === undefined ? undefined : requireStoredId('webhook-delivery', cursor);
    const page = { endpointId: endpointOf(params), limit: limit + 1, after, state };
    const rows = await listDeliveries(deps, actor, page);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map(presentDelivery),
      next: last ? publicId('webhook-delivery', last.delivery.id) : null,
    };
  },
});

/** Where events are sent. */
export const webhookEndpoints = [create, list, get, edit, remove, rotate, test, replay, deliveries];
