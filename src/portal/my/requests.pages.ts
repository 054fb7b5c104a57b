import type { Actor } from '../../access/actor.ts';
import { checkoutUrl } from '../../checkout/checkout-seal.rules.ts';
import {
  getOwnPaymentRequest,
  listOwnPaymentRequests,
} from '../../payment-requests/own-payment-requests.queries.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { publicId, requireStoredId } from '../../shared/public-id.rules.ts';
import { defineLive } from '../kit/define-live.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import {
  declineRequestView,
  ownRequestsView,
  ownRequestState,
  ownRequestView,
  type DeclineRequestView,
  type OwnRequestsView,
  type OwnRequestStateView,
  type OwnRequestView,
} from './requests.view.rules.ts';

/** What companies ask the person to pay. */
export const ownRequestsPage = definePage({
  name: 'my.payment-requests',
  path: '/my/payment-requests',
  permission: 'own-payment-requests:read',
  nav: { label: 'my.nav.requests', order: 35 },
  load: async (deps, { actor }) => ({ requests: await listOwnPaymentRequests(deps, actor) }),
  view: ownRequestsView,
  template: template<OwnRequestsView>('my/payment-requests'),
});

type Params = Readonly<Record<string, string>>;

/** A request with the sealed address of the page on which it is paid. */
async function loadRequest(deps: ServiceDeps, actor: Actor, params: Params) {
  const id = requireStoredId('payment-request', params['id']);
  const request = await getOwnPaymentRequest(deps, actor, id);
  return { request, payHref: checkoutUrl(deps.config, publicId('payment-request', id)) };
}

export type LoadedOwnRequest = Awaited<ReturnType<typeof loadRequest>>;

export const ownRequestPage = definePage({
  name: 'my.payment-request',
  path: '/my/payment-requests/:id',
  permission: 'own-payment-requests:read',
  load: async (deps, { actor, params }) => ({
    ...(await loadRequest(deps, actor, params)),
    who: actor.kind === 'subscriber' && !actor.isHolder ? actor.subscriberId : null,
  }),
  view: ownRequestView,
  template: template<OwnRequestView>('my/payment-request'),
});

/** The state of a request while its page is open: it may be withdrawn, or paid by somebody else on the line. */
export const ownRequestLive = defineLive({
  name: 'my.payment-request-live',
  path: '/my/live/payment-requests/:id',
  permission: 'own-payment-requests:read',
  load: loadRequest,
  view: (loaded, frame) => ({ state: ownRequestState(loaded, frame) }),
  template: template<{ readonly state: OwnRequestStateView }>('my/payment-request-state'),
});

/** Asks before a request is declined. */
export const declineRequestPage = definePage({
  name: 'my.decline-payment-request',
  path: '/my/payment-requests/:id/decline',
  permission: 'own-payment-requests:decline',
  load: (deps, { actor, params }) => loadRequest(deps, actor, params),
  view: declineRequestView,
  template: template<DeclineRequestView>('my/confirm'),
});
