import { addOwnPasskey } from '../../identity/add-own-passkey.ts';
import { removeOwnPasskey, renameOwnPasskey } from '../../identity/own-passkeys.ts';
import { defineForm } from '../kit/define-form.ts';
import { textField } from '../kit/form-fields.ts';
import { registrationField } from '../kit/passkey-field.ts';
import { continueSession } from '../signed-in.ts';
import { newPasskeyPage, passkeyPage, removePasskeyPage } from './passkeys.pages.ts';

const label = textField({ label: 'my.passkey.name', maxLength: 60 });

/** Registers a passkey. Other devices are signed out; this one continues under a new key. */
export const newPasskeyForm = defineForm({
  name: 'my.new-passkey-form',
  path: '/my/security/passkeys/new',
  permission: 'own-passkeys:write',
  fields: { label, response: registrationField },
  submit: async (deps, { actor, input, visit }) => {
    const { address, userAgent, session } = visit;
    const browser = visit.formToken(deps.config);
    const { provenAt } = session;
    await addOwnPasskey(deps, actor, { ...input, browser, address, userAgent, provenAt });
    await continueSession(deps, visit);
  },
  done: () => ({ to: '/my/security', flash: 'my.passkey.added' }),
  page: newPasskeyPage,
});

export const renamePasskeyForm = defineForm({
  name: 'my.rename-passkey',
  path: '/my/security/passkeys/:ref/name',
  permission: 'own-passkeys:write',
  fields: { label },
  submit: (deps, { actor, params: { ref = '' }, input }) => renameOwnPasskey(deps, actor, { ref, ...input }),
  done: (_, { params: { ref = '' } }) => ({
    to: `/my/security/passkeys/${ref}`,
    flash: 'my.passkey.renamed',
  }),
  page: passkeyPage,
});

/** Removes a passkey. Other devices are signed out, and this one too if the passkey had opened its session. */
export const removePasskeyForm = defineForm({
  name: 'my.remove-passkey-form',
  path: '/my/security/passkeys/:ref/remove',
  permission: 'own-passkeys:end',
  fields: {},
  submit: async (deps, { actor, params: { ref = '' }, visit }) => {
    const { address, userAgent, session } = visit;
    await removeOwnPasskey(deps, actor, { ref, address, userAgent });
    const isOver = session.passkey === ref;
    if (isOver) visit.endSession();
    else await continueSession(deps, visit);
    return isOver;
  },
  done: (isOver) =>
    isOver ? { to: '/my/sign-in?after=passkey' } : { to: '/my/security', flash: 'my.passkey.removed' },
  page: removePasskeyPage,
});

export const passkeyForms = [newPasskeyForm, renamePasskeyForm, removePasskeyForm];
