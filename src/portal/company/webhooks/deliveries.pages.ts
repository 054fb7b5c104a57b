import { requireStoredId, takenIdPattern, takenStoredId } from '../../../shared/public-id.rules.ts';
import { getDelivery, listDeliveries } from '../../../webhooks/delivery.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import type { ListView } from '../list.types.ts';
import { deliveriesView, deliveryView } from './deliveries.view.rules.ts';
import { deliveryStates } from './delivery-words.rules.ts';
import { loadWebhook } from './webhooks.pages.ts';

/** Rows of a page. */
const DELIVERY_ROWS = 50;

/** What was sent to an endpoint in the last 30 days, newest first. */
export const deliveriesPage = definePage({
  name: 'company.webhook-deliveries',
  path: '/company/webhooks/:endpoint/deliveries',
  permission: 'webhooks:read',
  query: {
    type: 'object',
    properties: {
      state: { enum: deliveryStates },
      after: { type: 'string', pattern: takenIdPattern('webhook-delivery') },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query: { state, after } }) => {
    const loaded = await loadWebhook(deps, { actor, params });
    const found = await listDeliveries(deps, actor, {
      endpointId: loaded.endpoint.id,
      limit: DELIVERY_ROWS + 1,
      after: takenStoredId('webhook-delivery', after),
      state,
    });
    return {
      ...loaded,
      state,
      isFirst: after === undefined,
      deliveries: found.slice(0, DELIVERY_ROWS),
      hasMore: found.length > DELIVERY_ROWS,
    };
  },
  view: deliveriesView,
  template: template<ListView>('company/list'),
});

/** One delivery with every attempt and the beginning of each answer. */
export const deliveryPage = definePage({
  name: 'company.webhook-delivery',
  path: '/company/webhooks/:endpoint/deliveries/:delivery',
  permission: 'webhooks:read',
  load: async (deps, { actor, params }) => {
    const loaded = await loadWebhook(deps, { actor, params });
    const deliveryId = requireStoredId('webhook-delivery', params['delivery']);
    return { ...loaded, ...(await getDelivery(deps, actor, { endpointId: loaded.endpoint.id, deliveryId })) };
  },
  view: deliveryView,
  template: template<SectionsView>('kit/sections'),
});
