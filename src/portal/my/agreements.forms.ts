import { revokeConsent } from '../../consents/grant-consent.ts';
import { requireStoredId } from '../../shared/public-id.rules.ts';
import { cancelSubscription } from '../../subscriptions/cancel-subscription.ts';
import { defineForm } from '../kit/define-form.ts';
import { cancelPage, revokePage } from './agreements.pages.ts';
import { consentHref, subscriptionHref } from './my-parts.rules.ts';

/** Cancels a subscription as of today. */
export const cancelForm = defineForm({
  name: 'my.cancel-subscription-form',
  path: '/my/subscriptions/:id/cancel',
  permission: 'subscriptions:cancel',
  fields: {},
  submit: (deps, { actor, params }) =>
    cancelSubscription(deps, actor, { subscriptionId: requireStoredId('subscription', params['id']) }),
  done: ({ id, state }) => ({
    to: subscriptionHref(id),
    flash: state === 'ended' ? 'my.cancel.done' : 'my.cancel.done-charged',
  }),
  page: cancelPage,
});

/** Revokes a consent at once. */
export const revokeForm = defineForm({
  name: 'my.revoke-consent-form',
  path: '/my/consents/:id/revoke',
  permission: 'consents:revoke',
  fields: {},
  submit: (deps, { actor, params }) =>
    revokeConsent(deps, actor, { consentId: requireStoredId('consent', params['id']) }),
  done: ({ id }) => ({ to: consentHref(id), flash: 'my.revoke.done' }),
  page: revokePage,
});
