import { isLineHolder } from '../../access/can.rules.ts';
import { getConsentOfLine, listConsentsOfLine } from '../../purchases/consents-of-line.queries.ts';
import {
  getSubscriptionOfLine,
  listSubscriptionsOfLine,
} from '../../purchases/subscriptions-of-line.queries.ts';
import { requireStoredId } from '../../shared/public-id.rules.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { cancelView, type CancelView } from './cancel-subscription.view.rules.ts';
import {
  consentsView,
  consentView,
  revokeView,
  type ConsentsView,
  type ConsentView,
  type RevokeView,
} from './consents.view.rules.ts';
import {
  subscriptionsView,
  subscriptionView,
  type SubscriptionsView,
  type SubscriptionView,
} from './subscriptions.view.rules.ts';

/** What is charged every month. */
export const subscriptionsPage = definePage({
  name: 'my.subscriptions',
  path: '/my/subscriptions',
  permission: 'purchases:read',
  nav: { label: 'my.nav.subscriptions', order: 40 },
  load: async (deps, { actor }) => ({
    subscriptions: await listSubscriptionsOfLine(deps, actor),
    isHolder: isLineHolder(actor),
  }),
  view: subscriptionsView,
  template: template<SubscriptionsView>('my/subscriptions'),
});

export const subscriptionPage = definePage({
  name: 'my.subscription',
  path: '/my/subscriptions/:id',
  permission: 'purchases:read',
  load: (deps, { actor, params }) =>
    getSubscriptionOfLine(deps, actor, requireStoredId('subscription', params['id'])),
  view: subscriptionView,
  template: template<SubscriptionView>('my/subscription'),
});

/** States what cancelling does, before it is done. */
export const cancelPage = definePage({
  name: 'my.cancel-subscription',
  path: '/my/subscriptions/:id/cancel',
  permission: 'subscriptions:cancel',
  load: (deps, { actor, params }) =>
    getSubscriptionOfLine(deps, actor, requireStoredId('subscription', params['id'])),
  view: cancelView,
  template: template<CancelView>('my/confirm'),
});

/** What companies may charge without asking each time. */
export const consentsPage = definePage({
  name: 'my.consents',
  path: '/my/consents',
  permission: 'own-consents:read',
  nav: { label: 'my.nav.consents', order: 50 },
  load: async (deps, { actor }) => ({
    consents: await listConsentsOfLine(deps, actor),
    isHolder: isLineHolder(actor),
  }),
  view: consentsView,
  template: template<ConsentsView>('my/consents'),
});

export const consentPage = definePage({
  name: 'my.consent',
  path: '/my/consents/:id',
  permission: 'own-consents:read',
  load: async (deps, { actor, params }) => ({
    ...(await getConsentOfLine(deps, actor, requireStoredId('consent', params['id']))),
    isHolder: isLineHolder(actor),
  }),
  view: consentView,
  template: template<ConsentView>('my/consent'),
});

export const revokePage = definePage({
  name: 'my.revoke-consent',
  path: '/my/consents/:id/revoke',
  permission: 'consents:revoke',
  load: (deps, { actor, params }) => getConsentOfLine(deps, actor, requireStoredId('consent', params['id'])),
  view: revokeView,
  template: template<RevokeView>('my/confirm'),
});
