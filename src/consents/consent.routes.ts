import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { readListFilters } from '../api/list-filters.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import { revokeConsent } from './grant-consent.ts';
import { presentConsent, presentConsents } from './consent.presenter.ts';
import { getConsent, listConsents } from './consent.queries.ts';
import { consentFilters, consentSchema, newConsentSchema } from './consent.schema.ts';
import { createConsent } from './create-consent.ts';

const create = defineEndpoint({
  name: 'createConsent',
  method: 'post',
  path: '/v1/consents',
  permission: 'consents:write',
  summary: 'Request a consent',
  description:
    'Asks a subscriber for a standing consent to usage charges. Send the subscriber to `confirm_url`; usage charges are accepted once the consent is active.',
  body: newConsentSchema,
  exampleBody: {
    service: 'music',
    description: '楽曲ダウンロードの都度払い',
    per_charge_max: 1000,
    reference: 'member-77',
    return_url: 'https://shop.example/account',
  },
  status: 201,
  response: consentSchema,
  problems: [
    'service-not-found',
    'company-suspended',
    'contract-missing',
    'service-incomplete',
    'return-url-not-allowed',
  ],
  handle: async (deps, { actor, body }) => {
    const consent = await createConsent(deps, actor, {
      serviceCode: body.service,
      description: body.description,
      reference: body.reference,
      perChargeMaxMinor: body.per_charge_max === undefined ? undefined : BigInt(body.per_charge_max),
      returnUrl: body.return_url,
    });
    return presentConsent(deps, consent);
  },
});

const list = defineList({
  kind: 'consent',
  name: 'listConsents',
  path: '/v1/consents',
  permission: 'consents:read',
  summary: 'List consents',
  description: 'Lists consents, newest first.',
  filters: consentFilters,
  title: 'ConsentList',
  item: consentSchema,
  find: (deps, actor, { limit, after, state, reference, ...filters }) =>
    listConsents(deps, actor, { limit, after, state, reference, ...readListFilters(filters) }),
  present: presentConsents,
});

const get = defineGet({
  kind: 'consent',
  name: 'getConsent',
  path: '/v1/consents/:id',
  permission: 'consents:read',
  summary: 'Get a consent',
  description: 'Returns one consent.',
  response: consentSchema,
  get: getConsent,
  present: presentConsent,
});

const end = defineEndpoint({
  name: 'revokeConsent',
  method: 'post',
  path: '/v1/consents/:id/end',
  permission: 'consents:revoke',
  summary: 'Revoke a consent',
  description:
    'Ends a consent at once: no further usage charge is accepted under it. Revoking it again changes nothing.',
  exampleId: exampleIds.consent,
  status: 200,
  response: consentSchema,
  problems: ['consent-not-found', 'illegal-state'],
  handle: async (deps, { actor, params }) =>
    presentConsent(
      deps,
      await revokeConsent(deps, actor, {
        consentId: requireStoredId('consent', params['id']),
      }),
    ),
});

/** Standing consents to usage charges. */
export const consentEndpoints = [create, list, get, end];
