import type { SubscriberActor } from '../../access/actor.ts';
import { changeOwnPassword } from '../../identity/change-own-password.ts';
import { requestPasswordCode, resetForgottenPassword } from '../../identity/reset-forgotten-password.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { defineForm } from '../kit/define-form.ts';
import { secretField, textField } from '../kit/form-fields.ts';
import type { Visit } from '../kit/visit.ts';
import { findSignedIn, placeOf, provenSession } from '../signed-in.ts';
import { myAudience } from './my-audience.ts';
import { securityPage } from './security.pages.ts';
import { forgottenCodePage, forgottenPage, newPasswordPage } from './sign-in.pages.ts';

interface NewPassword {
  readonly currentPassword?: string;
  readonly newPassword: string;
}

/** Changes the password and starts a session under a new key, with the same proof of the line or the code. */
async function change(
  deps: ServiceDeps,
  actor: SubscriberActor,
  visit: Visit,
  input: NewPassword,
): Promise<void> {
  const { address, userAgent } = visit;
  const person = await changeOwnPassword(deps, actor, { ...input, address, userAgent });
  await visit.startSession({ ...provenSession(deps, person), ...placeOf(visit) });
}

/** The first sign-in: somebody else knows the password, so it has to be another before any page opens. */
export const newPasswordForm = defineForm({
  name: 'my.new-password-form',
  path: '/my/new-password',
  audience: 'public',
  fields: { newPassword: secretField('my.password.new') },
  submit: async (deps, { input, visit }) => {
    const found = await myAudience.find(deps, visit);
    const person = found && (await findSignedIn(deps, visit));
    if (found?.actor.kind !== 'subscriber' || !person?.passwordTemporary) throw new Problem('session-ended');
    await change(deps, found.actor, visit, input);
  },
  done: () => ({ to: '/my', flash: 'my.password.changed' }),
  page: newPasswordPage,
});

export const changePasswordForm = defineForm({
  name: 'my.change-password',
  path: '/my/security/password',
  permission: 'own-password:write',
  fields: {
    currentPassword: secretField('my.password.current'),
    newPassword: secretField('my.password.new'),
  },
  submit: (deps, { actor, input, visit }) => change(deps, actor as SubscriberActor, visit, input),
  done: () => ({ to: '/my/security', flash: 'my.password.changed' }),
  page: securityPage,
});

/** The same answer for every ID. */
export const forgottenForm = defineForm({
  name: 'my.forgotten-form',
  path: '/my/forgotten',
  audience: 'public',
  fields: { issuedId: textField({ label: 'sign-in.issued-id', maxLength: 64 }) },
  submit: (deps, { input, visit: { address, userAgent } }) =>
    requestPasswordCode(deps, { issuedId: input.issuedId, address, userAgent }),
  done: (_, { input }) => ({ to: `/my/forgotten/code?id=${encodeURIComponent(input.issuedId)}` }),
  page: forgottenPage,
});

export const forgottenCodeForm = defineForm({
  name: 'my.forgotten-code-form',
  path: '/my/forgotten/code',
  audience: 'public',
  fields: {
    issuedId: textField({ label: 'sign-in.issued-id', maxLength: 64 }),
    code: textField({ label: 'my.code.code', maxLength: 32 }),
    newPassword: secretField('my.password.new'),
  },
  submit: (deps, { input, visit: { address, userAgent } }) =>
    resetForgottenPassword(deps, { ...input, address, userAgent }),
  done: () => ({ to: '/my/sign-in?after=password' }),
  page: forgottenCodePage,
});
