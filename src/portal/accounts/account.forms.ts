import { endOtherSessions, endOwnSession, listOwnSessions } from '../../accounts/account-sessions.ts';
import { removePasskey } from '../../accounts/passkey-enrolment.ts';
import { removeAuthenticator } from '../../accounts/remove-authenticator.ts';
import { stepUpWithPasskey } from '../../accounts/passkey-sign-in.ts';
import { stepUpWithTotp } from '../../accounts/step-up.ts';
import { Problem } from '../../shared/problem.ts';
import { defineForm } from '../kit/define-form.ts';
import type { AnyPage } from '../kit/define-page.ts';
import { optional, textField } from '../kit/form-fields.ts';
import { requireProof } from '../account-audience.ts';
import { codeField } from './code-field.ts';
import { continueWith, riseWith } from './account-session.ts';
import { pathAfter, type AccountSite } from '../account-site.ts';
import { authenticationField } from '../kit/passkey-field.ts';

const next = optional(textField({ label: 'accounts.step-up.title', maxLength: 600 }));

/** Prove the second factor again: each continues under a new session key, with what was typed before. */
export function stepUpForms(site: AccountSite, page: AnyPage) {
  const { audience, base } = site;
  const codeForm = defineForm({
    name: `${audience}.step-up-code`,
    path: `${base}/step-up/code`,
    permission: 'own-account:write',
    fields: { code: codeField('accounts.code'), next },
    submit: async (deps, { input: { code }, visit }) => {
      const proof = await stepUpWithTotp(deps, requireProof(visit), { code, source: visit.address });
      await riseWith(deps, visit, proof);
    },
    done: (_, { input }) => ({ to: pathAfter(site, input.next) }),
    page,
  });
  const passkeyForm = defineForm({
    name: `${audience}.step-up-passkey`,
    path: `${base}/step-up/passkey`,
    permission: 'own-account:write',
    fields: { response: authenticationField, next },
    submit: async (deps, { input: { response }, visit }) => {
      const answer = { response, source: visit.address };
      await riseWith(deps, visit, await stepUpWithPasskey(deps, requireProof(visit), answer));
    },
    done: (_, { input }) => ({ to: pathAfter(site, input.next) }),
    page,
  });
  return [codeForm, passkeyForm];
}

/** Removing a factor ends the other sessions; this one continues under a new key. */
export function removalForms({ audience, base }: AccountSite, page: AnyPage) {
  const passkeyForm = defineForm({
    name: `${audience}.remove-passkey`,
    path: `${base}/account/passkeys/:id/remove`,
    permission: 'own-account:write',
    fields: {},
    submit: async (deps, { params: { id: credentialId = '' }, visit }) => {
      const proof = await removePasskey(deps, requireProof(visit), { credentialId }).catch(notOwn);
      await continueWith(deps, visit, proof);
    },
    done: () => ({ to: `${base}/account`, flash: 'accounts.passkey.removed' }),
    page,
  });
  const appForm = defineForm({
    name: `${audience}.remove-app`,
    path: `${base}/account/app/remove`,
    permission: 'own-account:write',
    fields: {},
    submit: async (deps, { visit }) =>
      continueWith(deps, visit, await removeAuthenticator(deps, requireProof(visit))),
    done: () => ({ to: `${base}/account`, flash: 'accounts.app.removed' }),
    page,
  });
  return [passkeyForm, appForm];
}

/** Somebody else's passkey is not there. */
function notOwn(error: unknown): never {
  if (error instanceof Problem && error.code === 'second-factor-missing') throw new Problem('not-found');
  throw error;
}

export function endSessionForms({ audience, base }: AccountSite, page: AnyPage) {
  const endOneForm = defineForm({
    name: `${audience}.end-session`,
    path: `${base}/account/sessions/:id/end`,
    permission: 'own-account:write',
    fields: {},
    submit: async (deps, { params: { id = '' }, visit }) => {
      const proof = requireProof(visit);
      const own = await listOwnSessions(deps, proof, { key: visit.sessionKey });
      if (!own.some((session) => session.id === id)) throw new Problem('not-found');
      await endOwnSession(deps, proof, { id });
    },
    done: () => ({ to: `${base}/account`, flash: 'accounts.session.ended' }),
    page,
  });
  const endOthersForm = defineForm({
    name: `${audience}.end-other-sessions`,
    path: `${base}/account/sessions/end-others`,
    permission: 'own-account:write',
    fields: {},
    submit: (deps, { visit }) => endOtherSessions(deps, requireProof(visit), { key: visit.sessionKey }),
    done: () => ({ to: `${base}/account`, flash: 'accounts.session.others-ended' }),
    page,
  });
  return [endOneForm, endOthersForm];
}
