import { startOwnPasskey } from '../../identity/add-own-passkey.ts';
import { getOwnPasskey } from '../../identity/own-passkeys.ts';
import { nameBrowser } from '../../shared/browser-name.rules.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import {
  newPasskeyView,
  passkeyView,
  removePasskeyView,
  type NewPasskeyView,
  type PasskeyView,
  type RemovePasskeyView,
} from './passkeys.view.rules.ts';

/** Registers a passkey on this device. */
export const newPasskeyPage = definePage({
  name: 'my.new-passkey',
  path: '/my/security/passkeys/new',
  permission: 'own-passkeys:write',
  load: async (deps, { actor, visit }) => ({
    options: await startOwnPasskey(deps, actor, {
      provenAt: visit.session.provenAt,
      browser: visit.formToken(deps.config),
    }),
    browser: nameBrowser(visit.userAgent),
  }),
  view: newPasskeyView,
  template: template<NewPasskeyView>('my/new-passkey'),
});

export const passkeyPage = definePage({
  name: 'my.passkey',
  path: '/my/security/passkeys/:ref',
  permission: 'own-passkeys:read',
  load: (deps, { actor, params: { ref = '' } }) => getOwnPasskey(deps, actor, { ref }),
  view: passkeyView,
  template: template<PasskeyView>('my/passkey'),
});

export const removePasskeyPage = definePage({
  name: 'my.remove-passkey',
  path: '/my/security/passkeys/:ref/remove',
  permission: 'own-passkeys:end',
  load: (deps, { actor, params: { ref = '' } }) => getOwnPasskey(deps, actor, { ref }),
  view: removePasskeyView,
  template: template<RemovePasskeyView>('my/confirm-setting'),
});

/** The pages of passkeys; `new` is no name of one. */
export const passkeyPages = [newPasskeyPage, passkeyPage, removePasskeyPage];
