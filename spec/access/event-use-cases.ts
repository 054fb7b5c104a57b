import { getEvent, listEvents } from '../../src/published-events/event.queries.ts';
import { listFollowingEvents } from '../../src/published-events/following-events.queries.ts';
import { publishEvents } from '../../src/published-events/publish-events.ts';
import { createEndpoint } from '../../src/webhooks/create-endpoint.ts';
import { deleteEndpoint } from '../../src/webhooks/delete-endpoint.ts';
import { deliverWebhooks } from '../../src/webhooks/deliver-webhooks.ts';
import { getDelivery, listDeliveries } from '../../src/webhooks/delivery.queries.ts';
import { editEndpoint } from '../../src/webhooks/edit-endpoint.ts';
import { getEndpoint, listEndpoints } from '../../src/webhooks/endpoint.queries.ts';
import { replayEvents } from '../../src/webhooks/replay-events.ts';
import { rotateSecret } from '../../src/webhooks/rotate-secret.ts';
import { testEndpoint } from '../../src/webhooks/test-endpoint.ts';
import type { UseCaseRow } from './use-case-table.ts';

/** What happened, and where it is sent; the columns are those of use-case-table.ts. */
export const eventUseCases: Readonly<Record<string, UseCaseRow>> = {
  getEvent: {
    // Nothing was published.
    but: 'event-not-found',
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => getEvent(tx, actor, '01JV5Q8Z3M7N2X4K6T9W1B0C5D'),
  },
  listEvents: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listEvents(tx, actor, { limit: 5 }),
  },
  listFollowingEvents: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listFollowingEvents(tx, actor, { after: 0n, limit: 5 }),
  },
  createEndpoint: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => createEndpoint(tx, actor, { url: 'https://video.example/webhooks' }),
  },
  getEndpoint: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => getEndpoint(tx, actor, hook),
  },
  listEndpoints: {
    rule: '++- ++- ------ ------ -',
    run: (tx, actor) => listEndpoints(tx, actor, { limit: 5 }),
  },
  editEndpoint: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => editEndpoint(tx, actor, { endpointId: hook, description: '新' }),
  },
  deleteEndpoint: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => deleteEndpoint(tx, actor, hook),
  },
  rotateSecret: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => rotateSecret(tx, actor, { endpointId: hook, overlapHours: 24 }),
  },
  testEndpoint: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => testEndpoint(tx, actor, hook),
  },
  replayEvents: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) =>
      replayEvents(tx, actor, { endpointId: hook, since: tx.clock.now(), onlyMissed: true }),
  },
  listDeliveries: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) => listDeliveries(tx, actor, { endpointId: hook, limit: 5 }),
  },
  getDelivery: {
    // Nothing was sent.
    but: 'webhook-delivery-not-found',
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { hook }) =>
      getDelivery(tx, actor, { endpointId: hook, deliveryId: '01JV5Q8Z3M7N2X4K6T9W1B0C5D' }),
  },
  deliverWebhooks: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => deliverWebhooks(tx, actor),
  },
  publishEvents: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => publishEvents(tx, actor),
  },
};
