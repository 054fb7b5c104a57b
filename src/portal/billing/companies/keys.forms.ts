import { listApiKeys } from '../../../companies/company.queries.ts';
import { issueApiKey } from '../../../companies/issue-api-key.ts';
import { revokeApiKey } from '../../../companies/revoke-api-key.ts';
import { scopes as allScopes } from '../../../companies/scopes.ts';
import { Problem } from '../../../shared/problem.ts';
import { defineForm, defineRevealingForm } from '../../kit/define-form.ts';
import { checkField, optional, textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { companyHref } from './company-words.rules.ts';
import { labelKey } from './form-words.rules.ts';
import { newKeyPage, revokeKeyPage } from './keys.pages.ts';
import { issuedKeyView, scopeField, type IssuedKeyView } from './keys.view.rules.ts';

const scopeFields = Object.fromEntries(
  allScopes.map((scope) => [scopeField(scope), checkField('billing.companies.key-scopes')]),
);

/** Issues a key and shows it once. The same page issues one key: sent again, it is refused. */
export const newKeyForm = defineRevealingForm({
  name: 'billing.new-key-form',
  path: '/billing/companies/:company/keys/new',
  permission: 'api-keys:write',
  stepUp: true,
  fields: {
    label: textField({ label: labelKey('label'), maxLength: 60 }),
    newest: optional(textField({ label: 'billing.companies.seen', maxLength: 26 })),
    ...scopeFields,
  },
  submit: async (deps, { actor, params: { company: companyCode = '' }, input }) => {
    const {
      label,
      newest: seenNewestId = null,
      ...ticked
    } = input as { label: string; newest?: string } & Record<string, unknown>;
    const scopes = allScopes.filter((scope) => ticked[scopeField(scope)] === true);
    if (scopes.length === 0) throw new Problem('illegal-state', { facts: { reason: 'no-scope' } });
    const { id, token } = await issueApiKey(deps, actor, { companyCode, label, scopes, seenNewestId });
    return { companyCode, id, token, label };
  },
  reveal: { view: issuedKeyView, template: template<IssuedKeyView>('billing/api-key') },
  page: newKeyPage,
});

/** Revokes a key of the company. */
export const revokeKeyForm = defineForm({
  name: 'billing.revoke-key-form',
  path: '/billing/companies/:company/keys/:key/revoke',
  permission: 'api-keys:write',
  fields: {},
  submit: async (deps, { actor, params: { company: companyCode = '', key: id = '' } }) => {
    const keys = await listApiKeys(deps, actor, companyCode);
    if (!keys.some((key) => key.id === id)) throw new Problem('api-key-not-found');
    await revokeApiKey(deps, actor, { id });
    return companyCode;
  },
  done: (code) => ({ to: companyHref(code, 'keys'), flash: 'billing.companies.key-is-revoked' }),
  page: revokeKeyPage,
});
