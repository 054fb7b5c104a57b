import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { MAX_ENDPOINTS } from '../../../webhooks/create-endpoint.ts';
import { listDeliveries } from '../../../webhooks/delivery.queries.ts';
import { getEndpoint, listEndpoints } from '../../../webhooks/endpoint.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { FormPageView } from '../form.types.ts';
import { editWebhookView, newWebhookView } from './webhook-form.view.rules.ts';
import { webhookMoves, type WebhookMove } from './webhook-moves.rules.ts';
import { moveWebhookView, rotateView } from './webhook-moves.view.rules.ts';
import { webhookView } from './webhook.view.rules.ts';
import { webhooksView } from './webhooks.view.rules.ts';

/** Deliveries on the page of an endpoint; all are on a page of their own. */
const NEWEST_DELIVERIES = 10;

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

/** The stored identifier of the endpoint that an address names. @throws Problem `webhook-endpoint-not-found` */
export const endpointIdOf = (params: Asked['params']) =>
  requireStoredId('webhook-endpoint', params['endpoint']);

/** The endpoint that an address names. @throws Problem `webhook-endpoint-not-found`, also for one of another company */
export async function loadWebhook(deps: ServiceDeps, { actor, params }: Asked) {
  return { endpoint: await getEndpoint(deps, actor, endpointIdOf(params)), now: deps.clock.now() };
}

export type LoadedWebhook = Awaited<ReturnType<typeof loadWebhook>>;
export type ShownEndpoint = LoadedWebhook['endpoint'];

async function loadWebhooks(deps: ServiceDeps, { actor }: Pick<Asked, 'actor'>) {
  return { endpoints: await listEndpoints(deps, actor, { limit: MAX_ENDPOINTS }) };
}

async function loadWithNewest(deps: ServiceDeps, asked: Asked) {
  const loaded = await loadWebhook(deps, asked);
  const list = { endpointId: loaded.endpoint.id, limit: NEWEST_DELIVERIES };
  return { ...loaded, deliveries: await listDeliveries(deps, asked.actor, list) };
}

export type LoadedWebhookPage = Awaited<ReturnType<typeof loadWithNewest>>;

/** What an address asks to do. @throws Problem `not-found` */
export function webhookMoveOf(text: string | undefined): WebhookMove {
  const move = webhookMoves.find((one) => one === text);
  if (!move) throw new Problem('not-found');
  return move;
}

const sections = template<SectionsView>('kit/sections');
const form = template<FormPageView>('company/form');

/** The endpoints of the company. */
export const webhooksPage = definePage({
  name: 'company.webhooks',
  path: '/company/webhooks',
  permission: 'webhooks:read',
  nav: navIn('webhooks', 'company.webhooks.nav'),
  load: loadWebhooks,
  view: webhooksView,
  template: sections,
});

export const newWebhookPage = definePage({
  name: 'company.new-webhook',
  path: '/company/webhooks/new',
  permission: 'webhooks:write',
  load: loadWebhooks,
  view: newWebhookView,
  template: form,
});

/** One endpoint: its settings, what was sent lately, and what can be done. */
export const webhookPage = definePage({
  name: 'company.webhook',
  path: '/company/webhooks/:endpoint',
  permission: 'webhooks:read',
  load: loadWithNewest,
  view: webhookView,
  template: sections,
});

export const editWebhookPage = definePage({
  name: 'company.edit-webhook',
  path: '/company/webhooks/:endpoint/edit',
  permission: 'webhooks:write',
  load: loadWebhook,
  view: editWebhookView,
  template: form,
});

/** Asks before the secret is replaced, and for how long both sign. */
export const rotatePage = definePage({
  name: 'company.webhook-secret',
  path: '/company/webhooks/:endpoint/secret',
  permission: 'webhooks:write',
  load: loadWebhook,
  view: rotateView,
  template: sections,
});

/** Asks before an endpoint is disabled, enabled or deleted. */
export const moveWebhookPage = definePage({
  name: 'company.move-webhook',
  path: '/company/webhooks/:endpoint/:move',
  permission: 'webhooks:write',
  load: async (deps, asked) => {
    const move = webhookMoveOf(asked.params['move']);
    return { ...(await loadWebhook(deps, asked)), move };
  },
  view: moveWebhookView,
  template: sections,
});
