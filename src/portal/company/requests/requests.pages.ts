import type { Actor } from '../../../access/actor.ts';
import { effectiveEnding } from '../../../charges/effective-state.rules.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { getPaymentRequest, listPaymentRequests } from '../../../payment-requests/payment-request.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineLive } from '../../kit/define-live.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { FormPageView } from '../form.types.ts';
import type { ListView } from '../list.types.ts';
import { newRequestView } from './new-request.view.rules.ts';
import { readRequests, requestsQuery } from './requests-query.rules.ts';
import { requestsView } from './requests.view.rules.ts';
import {
  requestState,
  requestView,
  withdrawView,
  type RequestStateView,
  type RequestView,
} from './request.view.rules.ts';

/** Rows of a page. */
const REQUEST_ROWS = 50;

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

/** A payment request of the company as it is now. @throws Problem `payment-request-not-found` */
async function loadRequest(deps: ServiceDeps, { actor, params }: Asked) {
  const id = requireStoredId('payment-request', params['request']);
  const request = await getPaymentRequest(deps, actor, id);
  return Object.assign({}, request, effectiveEnding(request, deps.clock.now()));
}

export type LoadedRequest = Awaited<ReturnType<typeof loadRequest>>;

async function loadWithServices(deps: ServiceDeps, asked: Asked) {
  return {
    request: await loadRequest(deps, asked),
    services: await listOwnServices(deps, asked.actor),
  };
}

export type LoadedRequestPage = Awaited<ReturnType<typeof loadWithServices>>;

async function findRequests(deps: ServiceDeps, actor: Actor, query: { readonly after?: string | undefined }) {
  const chosen = readRequests(query, deps.config);
  if (chosen.id !== undefined) {
    const found = await getPaymentRequest(deps, actor, chosen.id).catch(noneOf);
    return { chosen, found: found ? [found] : [] };
  }
  const page = { limit: REQUEST_ROWS + 1, after: query.after };
  return { chosen, found: await listPaymentRequests(deps, actor, { ...chosen.wanted, ...page }) };
}

/** A number that names nothing finds nothing. */
function noneOf(error: unknown): undefined {
  if (error instanceof Problem && error.status === 404) return undefined;
  throw error;
}

/** What the company asks people to pay, newest first. */
export const requestsPage = definePage({
  name: 'company.payment-requests',
  path: '/company/payment-requests',
  permission: 'payment-requests:read',
  nav: navIn('requests', 'company.requests.nav'),
  query: requestsQuery,
  load: async (deps, { actor, query }) => {
    const { chosen, found } = await findRequests(deps, actor, query);
    const now = deps.clock.now();
    const rows = found.slice(0, REQUEST_ROWS).map((row) => Object.assign({}, row, effectiveEnding(row, now)));
    return { query, chosen, rows, hasMore: found.length > REQUEST_ROWS };
  },
  view: requestsView,
  template: template<ListView>('company/list'),
});

/** Asks what to pay, for what and whom. */
export const newRequestPage = definePage({
  name: 'company.new-payment-request',
  path: '/company/payment-requests/new',
  permission: 'payment-requests:write',
  load: async (deps, { actor }) => ({
    services: await listOwnServices(deps, actor),
    key: deps.ids.next(),
    days: deps.config.paymentRequests.days,
  }),
  view: newRequestView,
  template: template<FormPageView>('company/form'),
});

/** One request, whose state changes while the page is open. */
export const requestPage = definePage({
  name: 'company.payment-request',
  path: '/company/payment-requests/:request',
  permission: 'payment-requests:read',
  load: loadWithServices,
  view: requestView,
  template: template<RequestView>('company/payment-request'),
});

export const requestLive = defineLive({
  name: 'company.payment-request-live',
  path: '/company/live/payment-requests/:request',
  permission: 'payment-requests:read',
  load: (deps, actor, params) => loadRequest(deps, { actor, params }),
  view: (request, frame) => ({ state: requestState(request, frame) }),
  template: template<{ readonly state: RequestStateView }>('company/payment-request-state'),
});

/** Asks before a request is withdrawn. */
export const withdrawPage = definePage({
  name: 'company.withdraw-payment-request',
  path: '/company/payment-requests/:request/withdraw',
  permission: 'payment-requests:write',
  load: loadRequest,
  view: withdrawView,
  template: template<SectionsView>('kit/sections'),
});
