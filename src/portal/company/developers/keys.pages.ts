import type { Actor } from '../../../access/actor.ts';
import { listApiKeys } from '../../../companies/company.queries.ts';
import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import { grantableScopes } from '../../../companies/grantable-scopes.rules.ts';
import { issueApiKey } from '../../../companies/issue-api-key.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import { revokeApiKey } from '../../../companies/revoke-api-key.ts';
import { scopes as allScopes } from '../../../companies/scopes.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm, defineRevealingForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { checkField, optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { FormPageView, SecretView } from '../form.types.ts';
import { issuedKeyView, keysView, newKeyView, revokeKeyView, scopeField } from './keys.view.rules.ts';

async function loadKeys(deps: ServiceDeps, { actor }: { readonly actor: Actor }) {
  const { code } = await getOwnCompany(deps, actor);
  return { code, keys: await listApiKeys(deps, actor, code), now: deps.clock.now() };
}

export type LoadedKeys = Awaited<ReturnType<typeof loadKeys>>;
export type ListedKey = LoadedKeys['keys'][number];

/** The API keys of the company. */
export const keysPage = definePage({
  name: 'company.keys',
  path: '/company/keys',
  permission: 'api-keys:read',
  nav: navIn('developers', 'company.keys.nav'),
  load: loadKeys,
  view: keysView,
  template: template<SectionsView>('kit/sections'),
});

export const newKeyPage = definePage({
  name: 'company.new-key',
  path: '/company/keys/new',
  permission: 'api-keys:write',
  load: async (deps, { actor }) => ({
    ...(await loadKeys(deps, { actor })),
    grantable: grantableScopes(actor),
  }),
  view: newKeyView,
  template: template<FormPageView>('company/form'),
});

const scopeFields = Object.fromEntries(
  allScopes.map((scope) => [scopeField(scope), checkField('company.keys.scopes')]),
);

/** Issues a key and shows it once. The same page issues one key: sent again, it is refused. */
export const newKeyForm = defineRevealingForm({
  name: 'company.new-key-form',
  path: '/company/keys/new',
  permission: 'api-keys:write',
  stepUp: true,
  fields: {
    label: textField({ label: 'company.keys.label', maxLength: 60 }),
    newest: optional(textField({ label: 'company.keys.id', maxLength: 26 })),
    ...scopeFields,
  },
  submit: async (deps, { actor, input }) => {
    const {
      label,
      newest: seenNewestId = null,
      ...ticked
    } = input as { label: string; newest?: string } & Record<string, unknown>;
    const { code: companyCode } = await getOwnCompany(deps, actor);
    const scopes = allScopes.filter((scope) => ticked[scopeField(scope)] === true);
    if (scopes.length === 0) throw new Problem('illegal-state', { facts: { reason: 'no-scope' } });
    const { id, token } = await issueApiKey(deps, actor, { companyCode, label, scopes, seenNewestId });
    return { id, token, label, scopes };
  },
  reveal: { view: issuedKeyView, template: template<SecretView>('company/secret') },
  page: newKeyPage,
});

/** Asks before a key is revoked. */
export const revokeKeyPage = definePage({
  name: 'company.revoke-key',
  path: '/company/keys/:key/revoke',
  permission: 'api-keys:write',
  load: async (deps, { actor, params }) => {
    const { keys, now } = await loadKeys(deps, { actor });
    const key = keys.find(({ id }) => id === params['key']);
    if (!key || !isLiveApiKey(apiKeyState(key, now))) throw new Problem('api-key-not-found');
    return { key };
  },
  view: revokeKeyView,
  template: template<SectionsView>('kit/sections'),
});

export const revokeKeyForm = defineForm({
  name: 'company.revoke-key-form',
  path: '/company/keys/:key/revoke',
  permission: 'api-keys:write',
  stepUp: true,
  fields: {},
  submit: (deps, { actor, params: { key: id = '' } }) => revokeApiKey(deps, actor, { id }),
  done: () => ({ to: '/company/keys', flash: 'company.keys.is-revoked' }),
  page: revokeKeyPage,
});
