import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { readPublicId } from '../shared/public-id.rules.ts';
import { presentEvent, presentEvents } from './event.presenter.ts';
import { getEvent, listEvents } from './event.queries.ts';
import { eventFilters, eventSchema } from './event.schema.ts';

const list = defineList({
  kind: 'event',
  name: 'listEvents',
  path: '/v1/events',
  permission: 'events:read',
  summary: 'List events',
  description:
    'Lists what happened to your sales, settlements and access, newest first: events of the types that your key may read. Webhooks send the same events: read here what your server missed.',
  filters: eventFilters,
  title: 'EventList',
  item: eventSchema,
  find: (deps, actor, { limit, after, type, subject, created_since: since, created_before: before }) =>
    listEvents(deps, actor, {
      limit,
      after,
      type,
      subjectId: subject === undefined ? undefined : (readPublicId(subject)?.id ?? subject),
      since: since === undefined ? undefined : new Date(since),
      before: before === undefined ? undefined : new Date(before),
    }),
  present: presentEvents,
});

const get = defineGet({
  kind: 'event',
  name: 'getEvent',
  path: '/v1/events/:id',
  permission: 'events:read',
  summary: 'Get an event',
  description: 'Returns one event.',
  response: eventSchema,
  get: getEvent,
  present: presentEvent,
});

/** What happened, as companies read it. */
export const eventEndpoints = [list, get];
