import type { Actor } from '../../access/actor.ts';
import { getLineLimit } from '../../limits/line-limit.queries.ts';
import { listConsentsOfLine } from '../../purchases/consents-of-line.queries.ts';
import { getMonthSoFar } from '../../purchases/month-so-far.queries.ts';
import { listSubscriptionsOfLine } from '../../purchases/subscriptions-of-line.queries.ts';
import { findGuardableServices, getGuardable, MAX_FOUND } from '../../safeguards/sellers.queries.ts';
import { getSafeguardsOfLine } from '../../safeguards/safeguards-of-line.queries.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { changeLimitView, type ChangeLimitView } from './change-limit.view.rules.ts';
import { readKind, readPerson, readRule, readTo, readWho } from './limit-address.rules.ts';
import { limitsView, type LimitsData, type LimitsView } from './limits.view.rules.ts';
import { noticesView, type NoticesView } from './notices.view.rules.ts';
import { personLimitsView, type PersonLimitsView } from './person-limits.view.rules.ts';
import {
  findSellerView,
  onlyListedView,
  ruleView,
  type ConfirmSettingView,
  type FindSellerView,
} from './purchase-rule.view.rules.ts';

const loadLimits = async (deps: ServiceDeps, actor: Actor): Promise<LimitsData> => ({
  guards: await getSafeguardsOfLine(deps, actor),
  lineLimit: await getLineLimit(deps, actor),
  month: await getMonthSoFar(deps, actor),
});

/** What applies now, what is scheduled, and where to change it. */
export const limitsPage = definePage({
  name: 'my.limits',
  path: '/my/limits',
  permission: 'limits:read',
  nav: { label: 'my.nav.limits', order: 60 },
  load: (deps, { actor }) => loadLimits(deps, actor),
  view: limitsView,
  template: template<LimitsView>('my/limits'),
});

export const personLimitsPage = definePage({
  name: 'my.person-limits',
  path: '/my/limits/people/:id',
  permission: 'limits:read',
  load: async (deps, { actor, params }) => ({
    ...(await loadLimits(deps, actor)),
    personId: readPerson(params['id']),
  }),
  view: personLimitsView,
  template: template<PersonLimitsView>('my/person-limits'),
});

const typedAmount = {
  type: 'object',
  properties: { amount: { type: 'string', maxLength: 40 }, none: { type: 'string', enum: ['1'] } },
} as const;

/** Takes an amount, and says what it would change before it is changed. */
export const changeLimitPage = definePage({
  name: 'my.change-limit',
  path: '/my/limits/change/:who/:kind',
  permission: 'limits:restrict',
  query: typedAmount,
  load: async (deps, { actor, params, query }) => ({
    ...(await loadLimits(deps, actor)),
    subscriberId: readWho(actor, params['who']),
    kind: readKind(params['kind']),
    amount: query.amount,
    none: query.none !== undefined,
  }),
  view: changeLimitView,
  template: template<ChangeLimitView>('my/change-limit'),
});

/** Finds what to block or allow. */
export const findSellerPage = definePage({
  name: 'my.find-seller',
  path: '/my/limits/find/:who/:rule',
  permission: 'limits:restrict',
  query: { type: 'object', properties: { text: { type: 'string', maxLength: 60 } } },
  load: async (deps, { actor, params, query: { text = '' } }) => ({
    guards: await getSafeguardsOfLine(deps, actor),
    subscriberId: readWho(actor, params['who']),
    kind: readRule(params['rule']),
    text,
    found: await findGuardableServices(deps, actor, { text }),
    max: MAX_FOUND,
  }),
  view: findSellerView,
  template: template<FindSellerView>('my/find-seller'),
});

/** Says what a rule does before it is set or ended. */
export const rulePage = definePage({
  name: 'my.rule',
  path: '/my/limits/rules/:who/:rule/:company/:service/:to',
  permission: 'limits:restrict',
  load: async (deps, { actor, params }) => {
    const companyId = readPerson(params['company']);
    const serviceId = params['service'] === 'all' ? null : readPerson(params['service']);
    const address = { subscriberId: readWho(actor, params['who']), kind: readRule(params['rule']) };
    return {
      guards: await getSafeguardsOfLine(deps, actor),
      rule: { ...address, companyId, serviceId, to: readTo(params['to']) },
      seller: await getGuardable(deps, actor, { companyId, serviceId }),
      subscriptions: await listSubscriptionsOfLine(deps, actor),
      consents: await listConsentsOfLine(deps, actor),
    };
  },
  view: ruleView,
  template: template<ConfirmSettingView>('my/confirm-setting'),
});

export const onlyListedPage = definePage({
  name: 'my.only-listed',
  path: '/my/limits/people/:id/only-listed/:to',
  permission: 'limits:restrict',
  load: async (deps, { actor, params }) => ({
    guards: await getSafeguardsOfLine(deps, actor),
    personId: readPerson(params['id']),
    to: readTo(params['to']),
  }),
  view: onlyListedView,
  template: template<ConfirmSettingView>('my/confirm-setting'),
});

/** Of what the holder hears by mail. */
export const noticesPage = definePage({
  name: 'my.notices',
  path: '/my/limits/notices',
  permission: 'notices:write',
  load: (deps, { actor }) => getSafeguardsOfLine(deps, actor),
  view: noticesView,
  template: template<NoticesView>('my/notices'),
});

/** The pages of limits and blocks. */
export const limitsPages = [
  limitsPage,
  noticesPage,
  personLimitsPage,
  changeLimitPage,
  findSellerPage,
  rulePage,
  onlyListedPage,
];
