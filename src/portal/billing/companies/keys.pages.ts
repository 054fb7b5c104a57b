import type { Actor } from '../../../access/actor.ts';
import { getCompany, listApiKeys } from '../../../companies/company.queries.ts';
import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import { confirmTemplate, formTemplate, subjectTemplate } from './companies.pages.ts';
import { keysView, newKeyView, revokeKeyView } from './keys.view.rules.ts';

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

const loadKeys = async (deps: ServiceDeps, { actor, params: { company: code = '' } }: Asked) => ({
  company: await getCompany(deps, actor, code),
  keys: await listApiKeys(deps, actor, code),
  now: deps.clock.now(),
});

export const keysPage = definePage({
  name: 'billing.company-keys',
  path: '/billing/companies/:company/keys',
  permission: 'api-keys:read',
  load: loadKeys,
  view: keysView,
  template: subjectTemplate,
});

export const newKeyPage = definePage({
  name: 'billing.new-key',
  path: '/billing/companies/:company/keys/new',
  permission: 'api-keys:write',
  load: loadKeys,
  view: newKeyView,
  template: formTemplate,
});

export const revokeKeyPage = definePage({
  name: 'billing.revoke-key',
  path: '/billing/companies/:company/keys/:key/revoke',
  permission: 'api-keys:write',
  load: async (deps, asked) => {
    const { company, keys, now } = await loadKeys(deps, asked);
    const key = keys.find(({ id }) => id === asked.params['key']);
    if (!key || !isLiveApiKey(apiKeyState(key, now))) throw new Problem('api-key-not-found');
    return { company, key };
  },
  view: revokeKeyView,
  template: confirmTemplate,
});
