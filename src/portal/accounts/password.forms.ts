import { acceptInvitation, findInvited } from '../../accounts/accept-invitation.ts';
import { changePassword } from '../../accounts/change-password.ts';
import { requestPasswordReset, resetPassword } from '../../accounts/password-reset.ts';
import type { SignInStep } from '../../accounts/sign-in-step.ts';
import { Problem } from '../../shared/problem.ts';
import { defineForm } from '../kit/define-form.ts';
import type { AnyPage } from '../kit/define-page.ts';
import { secretField, textField } from '../kit/form-fields.ts';
import { requireProof } from '../account-audience.ts';
import { continueWith, takeStep } from './account-session.ts';
import type { AccountSite } from '../account-site.ts';

export function invitationForm(site: AccountSite, page: AnyPage) {
  return defineForm({
    name: `${site.audience}.invitation-form`,
    path: `${site.base}/invitation/:token`,
    audience: 'public',
    fields: { newPassword: secretField('accounts.new-password') },
    submit: async (deps, { input: { newPassword: password }, params: { token = '' }, visit }) => {
      const { audience } = await findInvited(deps, { token });
      if (audience !== site.audience) throw new Problem('token-invalid');
      const step = await acceptInvitation(deps, { token, password });
      return takeStep(deps, { site, visit, next: site.base }, step);
    },
    done: (to) => ({ to }),
    page,
  });
}

/** The same answer for every address. */
export function forgottenForm({ audience, base }: AccountSite, page: AnyPage) {
  return defineForm({
    name: `${audience}.forgotten-form`,
    path: `${base}/forgotten`,
    audience: 'public',
    fields: { email: textField({ label: 'accounts.email', maxLength: 254 }) },
    submit: (deps, { input: { email }, visit: { address: source, userAgent } }) =>
      requestPasswordReset(deps, { audience, email, source, userAgent }),
    done: () => ({ to: `${base}/forgotten?sent=1` }),
    page,
  });
}

/** The link proves a mailbox: the second factor is asked for as at any sign-in. */
export function resetForm(site: AccountSite, page: AnyPage) {
  const { audience } = site;
  return defineForm({
    name: `${site.audience}.reset-form`,
    path: `${site.base}/password-reset/:token`,
    audience: 'public',
    fields: { newPassword: secretField('accounts.new-password') },
    submit: async (deps, { input: { newPassword: password }, params: { token = '' }, visit }) => {
      const step: SignInStep = await resetPassword(deps, { audience, token, password });
      return takeStep(deps, { site, visit, next: site.base }, step);
    },
    done: (to) => ({ to }),
    page,
  });
}

export function changePasswordForm({ audience, base }: AccountSite, page: AnyPage) {
  return defineForm({
    name: `${audience}.change-password`,
    path: `${base}/account/password`,
    permission: 'own-account:write',
    fields: {
      currentPassword: secretField('accounts.current-password'),
      newPassword: secretField('accounts.new-password'),
    },
    submit: async (deps, { input, visit }) => {
      const { currentPassword: current, newPassword: password } = input;
      const change = { current, password, source: visit.address };
      const proof = await changePassword(deps, requireProof(visit), change).catch(sayWhichPassword);
      await continueWith(deps, visit, proof);
    },
    done: () => ({ to: `${base}/account`, flash: 'accounts.password.changed' }),
    page,
  });
}

/** Here the address is known: it is the current password that is wrong. */
function sayWhichPassword(error: unknown): never {
  if (!(error instanceof Problem && error.code === 'sign-in-refused')) throw error;
  throw new Problem('sign-in-refused', { detail: error.message, facts: { reason: 'current' } });
}
