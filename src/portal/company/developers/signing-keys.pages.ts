import type { Actor } from '../../../access/actor.ts';
import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import { listApiKeys } from '../../../companies/company.queries.ts';
import { getOwnCompany } from '../../../companies/own-company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { isPublicKey } from '../../../signing-keys/public-key.rules.ts';
import { registerSigningKey } from '../../../signing-keys/register-signing-key.ts';
import { requireSignature } from '../../../signing-keys/require-signature.ts';
import { revokeSigningKey } from '../../../signing-keys/revoke-signing-key.ts';
import { isSigningCompulsory, listSigningKeys } from '../../../signing-keys/signing-key.queries.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, textField, type Field } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { FormPageView } from '../form.types.ts';
import {
  keySignatureView,
  newSigningKeyView,
  revokeSigningKeyView,
  signingKeysView,
} from './signing-keys.view.rules.ts';

async function loadSigning(deps: ServiceDeps, { actor }: { readonly actor: Actor }) {
  const { code } = await getOwnCompany(deps, actor);
  return {
    isCompulsory: await isSigningCompulsory(deps, actor, code),
    signingKeys: await listSigningKeys(deps, actor, code),
    apiKeys: await listApiKeys(deps, actor, code),
    now: deps.clock.now(),
  };
}

export type LoadedSigning = Awaited<ReturnType<typeof loadSigning>>;

/** The public keys by which requests are verified, and which API keys take signed requests alone. */
export const signingKeysPage = definePage({
  name: 'company.signing-keys',
  path: '/company/signing-keys',
  permission: 'api-keys:read',
  nav: navIn('developers', 'company.signing.nav'),
  load: loadSigning,
  view: signingKeysView,
  template: template<SectionsView>('kit/sections'),
});

export const newSigningKeyPage = definePage({
  name: 'company.new-signing-key',
  path: '/company/signing-keys/new',
  permission: 'api-keys:write',
  load: () => undefined,
  view: newSigningKeyView,
  template: template<FormPageView>('company/form'),
});

const pemField = textField({ label: 'company.signing.public-key', maxLength: 4_000, isMultiline: true });

/** A public key in PEM. A private key is not shown again. */
const publicKeyField: Field<string> = {
  ...pemField,
  isSecret: true,
  read: (text) => {
    if (text.includes('PRIVATE KEY')) return { fault: { key: 'company.signing.is-private' } };
    const reading = pemField.read(text);
    if ('fault' in reading || isPublicKey(reading.value)) return reading;
    return { fault: { key: 'company.signing.no-key' } };
  },
};

/** Registers a public key. The same key is registered once, so a page that is sent again is refused. */
export const newSigningKeyForm = defineForm({
  name: 'company.new-signing-key-form',
  path: '/company/signing-keys/new',
  permission: 'api-keys:write',
  stepUp: true,
  fields: {
    label: textField({ label: 'company.signing.label', maxLength: 60 }),
    publicKey: publicKeyField,
  },
  submit: async (deps, { actor, input }) => {
    const { code: companyCode } = await getOwnCompany(deps, actor);
    return await registerSigningKey(deps, actor, { companyCode, ...input });
  },
  done: () => ({ to: '/company/signing-keys', flash: 'company.signing.is-registered' }),
  page: newSigningKeyPage,
});

/** Asks before a signing key is revoked. */
export const revokeSigningKeyPage = definePage({
  name: 'company.revoke-signing-key',
  path: '/company/signing-keys/:key/revoke',
  permission: 'api-keys:write',
  load: async (deps, { actor, params }) => {
    const { signingKeys, ...loaded } = await loadSigning(deps, { actor });
    const live = signingKeys.filter(({ revokedAt }) => revokedAt === null);
    const key = live.find(({ id }) => id === params['key']);
    if (!key) throw new Problem('signing-key-not-found');
    return { key, isLast: live.length === 1, ...loaded };
  },
  view: revokeSigningKeyView,
  template: template<SectionsView>('kit/sections'),
});

export const revokeSigningKeyForm = defineForm({
  name: 'company.revoke-signing-key-form',
  path: '/company/signing-keys/:key/revoke',
  permission: 'api-keys:write',
  stepUp: true,
  fields: {},
  submit: (deps, { actor, params: { key: id = '' } }) => revokeSigningKey(deps, actor, { id }),
  done: () => ({ to: '/company/signing-keys', flash: 'company.signing.is-revoked' }),
  page: revokeSigningKeyPage,
});

/** Whether an API key takes signed requests alone. */
export const keySignaturePage = definePage({
  name: 'company.key-signature',
  path: '/company/keys/:key/signature',
  permission: 'api-keys:write',
  load: async (deps, { actor, params }) => {
    const { apiKeys, now, isCompulsory } = await loadSigning(deps, { actor });
    const key = apiKeys.find(({ id }) => id === params['key']);
    if (!key || !isLiveApiKey(apiKeyState(key, now))) throw new Problem('api-key-not-found');
    return { key, isCompulsory };
  },
  view: keySignatureView,
  template: template<FormPageView>('company/form'),
});

export const keySignatureForm = defineForm({
  name: 'company.key-signature-form',
  path: '/company/keys/:key/signature',
  permission: 'api-keys:write',
  stepUp: true,
  fields: { signatures: choiceField('company.signing.column', ['required', 'optional']) },
  submit: (deps, { actor, params: { key: id = '' }, input }) =>
    requireSignature(deps, actor, { id, isRequired: input.signatures === 'required' }),
  done: () => ({ to: '/company/signing-keys', flash: 'company.signing.is-set' }),
  page: keySignaturePage,
});
