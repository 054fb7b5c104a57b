import type { Actor } from '../../../access/actor.ts';
import { effectiveState } from '../../../charges/effective-state.rules.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { getConsent, listConsents } from '../../../consents/consent.queries.ts';
import { revokeConsent } from '../../../consents/grant-consent.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import type { ListView } from '../list.types.ts';
import { agreementsQuery, consentHref, consentStates } from './agreement-words.rules.ts';
import { consentsView, consentView, revokeConsentView } from './consents.view.rules.ts';

const ROWS = 50;

/** The consents to usage charges, newest first. */
export const consentsPage = definePage({
  name: 'company.consents',
  path: '/company/consents',
  permission: 'consents:read',
  under: '/company/subscriptions',
  query: agreementsQuery,
  load: async (deps, { actor, query }) => {
    const state = consentStates.find((one) => one === query.state);
    const found = await listConsents(deps, actor, { limit: ROWS + 1, after: query.after, state });
    return {
      query,
      state,
      rows: found.slice(0, ROWS),
      hasMore: found.length > ROWS,
      services: await listOwnServices(deps, actor),
      now: deps.clock.now(),
    };
  },
  view: consentsView,
  template: template<ListView>('company/list'),
});

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

async function loadConsent(deps: ServiceDeps, { actor, params }: Asked) {
  const consent = await getConsent(deps, actor, requireStoredId('consent', params['consent']));
  return {
    consent,
    state: effectiveState(consent, deps.clock.now()),
    services: await listOwnServices(deps, actor),
  };
}

export type LoadedConsent = Awaited<ReturnType<typeof loadConsent>>;

export const consentPage = definePage({
  name: 'company.consent',
  path: '/company/consents/:consent',
  permission: 'consents:read',
  under: '/company/subscriptions',
  load: loadConsent,
  view: consentView,
  template: template<SectionsView>('kit/sections'),
});

/** Asks before a consent is revoked. */
export const revokeConsentPage = definePage({
  name: 'company.revoke-consent',
  path: '/company/consents/:consent/revoke',
  permission: 'consents:revoke',
  under: '/company/subscriptions',
  load: loadConsent,
  view: revokeConsentView,
  template: template<SectionsView>('kit/sections'),
});

export const revokeConsentForm = defineForm({
  name: 'company.revoke-consent-form',
  path: '/company/consents/:consent/revoke',
  permission: 'consents:revoke',
  fields: {},
  submit: (deps, { actor, params }) =>
    revokeConsent(deps, actor, { consentId: requireStoredId('consent', params['consent']) }),
  done: ({ id }) => ({ to: consentHref(id), flash: 'company.agreement.revoked' }),
  page: revokeConsentPage,
});
