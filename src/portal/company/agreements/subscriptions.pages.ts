import type { Actor } from '../../../access/actor.ts';
import { effectiveState } from '../../../charges/effective-state.rules.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { findReportTotal, listReportStarts } from '../../../reports/report.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { addMonths, businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { parsePublicId, requireStoredId } from '../../../shared/public-id.rules.ts';
import { cancelSubscription } from '../../../subscriptions/cancel-subscription.ts';
import { listComingDues } from '../../../subscriptions/coming-dues.queries.ts';
import { getSubscription, listSubscriptions } from '../../../subscriptions/subscription.queries.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { ChartedView, ListView } from '../list.types.ts';
import { agreementsQuery, subscriptionHref, subscriptionStates } from './agreement-words.rules.ts';
import { movementView } from './movement.view.rules.ts';
import { cancelSubscriptionView, subscriptionsView, subscriptionView } from './subscriptions.view.rules.ts';

const ROWS = 50;

/** The subscriptions of the company, newest first. */
export const subscriptionsPage = definePage({
  name: 'company.subscriptions',
  path: '/company/subscriptions',
  permission: 'subscriptions:read',
  nav: navIn('agreements', 'company.agreements.nav'),
  query: agreementsQuery,
  load: async (deps, { actor, query }) => {
    const state = subscriptionStates.find((one) => one === query.state);
    const found = await findSubscriptions(deps, actor, {
      q: query.q?.trim() ?? '',
      state,
      after: query.after,
    });
    return {
      query,
      state,
      rows: found.slice(0, ROWS),
      hasMore: found.length > ROWS,
      services: await listOwnServices(deps, actor),
      now: deps.clock.now(),
    };
  },
  view: subscriptionsView,
  template: template<ListView>('company/list'),
});

interface Wanted {
  readonly q: string;
  readonly state: (typeof subscriptionStates)[number] | undefined;
  readonly after: string | undefined;
}

/** By number, by reference, or all. */
async function findSubscriptions(deps: ServiceDeps, actor: Actor, { q, state, after }: Wanted) {
  const id = q === '' ? undefined : parsePublicId('subscription', q);
  if (id === undefined)
    return await listSubscriptions(deps, actor, {
      limit: ROWS + 1,
      after,
      state,
      ...(q !== '' && { reference: q }),
    });
  const found = await getSubscription(deps, actor, id).catch((error: unknown) => absent(error));
  return found ? [found] : [];
}

function absent(error: unknown): undefined {
  if (error instanceof Problem && error.status === 404) return undefined;
  throw error;
}

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

async function loadSubscription(deps: ServiceDeps, { actor, params }: Asked) {
  const id = requireStoredId('subscription', params['subscription']);
  const subscription = await getSubscription(deps, actor, id);
  return {
    subscription,
    state: effectiveState(subscription, deps.clock.now()),
    services: await listOwnServices(deps, actor),
    today: businessDateOf(deps.clock.now(), deps.config.timeZone),
  };
}

export type LoadedSubscription = Awaited<ReturnType<typeof loadSubscription>>;

export const subscriptionPage = definePage({
  name: 'company.subscription',
  path: '/company/subscriptions/:subscription',
  permission: 'subscriptions:read',
  load: loadSubscription,
  view: subscriptionView,
  template: template<SectionsView>('kit/sections'),
});

/** Asks before a subscription is cancelled. */
export const cancelSubscriptionPage = definePage({
  name: 'company.cancel-subscription',
  path: '/company/subscriptions/:subscription/cancel',
  permission: 'subscriptions:cancel',
  load: loadSubscription,
  view: cancelSubscriptionView,
  template: template<SectionsView>('kit/sections'),
});

export const cancelSubscriptionForm = defineForm({
  name: 'company.cancel-subscription-form',
  path: '/company/subscriptions/:subscription/cancel',
  permission: 'subscriptions:cancel',
  fields: {},
  submit: (deps, { actor, params }) =>
    cancelSubscription(deps, actor, {
      subscriptionId: requireStoredId('subscription', params['subscription']),
    }),
  done: ({ id }) => ({ to: subscriptionHref(id), flash: 'company.agreement.cancelled' }),
  page: cancelSubscriptionPage,
});

const MONTHS = 13;

/** Who joined and left, month by month, and what comes next. */
export const movementPage = definePage({
  name: 'company.subscription-months',
  path: '/company/subscription-months',
  permission: 'reports:read',
  under: '/company/subscriptions',
  load: async (deps, { actor }) => {
    const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
    const scope = {
      report: 'subscriptions',
      grain: 'month',
      // One more: churn is of those who were there when the month before ended.
      from: `${addMonths(month, -MONTHS)}-01`,
      through: `${month}-01`,
    } as const;
    return {
      month,
      starts: await listReportStarts(deps, actor, scope),
      total: await findReportTotal(deps, actor, scope),
      coming: await listComingDues(deps, actor),
    };
  },
  view: movementView,
  template: template<ChartedView>('company/charted'),
});
