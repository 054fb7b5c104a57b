import { listOwnPasskeys } from '../../identity/own-passkeys.ts';
import { signInWithPasskey, startPasskeySignIn } from '../../identity/passkey-sign-in.ts';
import { reportRefusedSignIn } from '../../identity/report-sign-in.ts';
import { signIn } from '../../identity/sign-in.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { defineForm } from '../kit/define-form.ts';
import { definePage } from '../kit/define-page.ts';
import { optional, secretField, textField } from '../kit/form-fields.ts';
import { authenticationField } from '../kit/passkey-field.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { admitSignIns } from '../sign-in-gate.ts';
import { findSignedIn, placeOf, provenSession } from '../signed-in.ts';
import { pathAfter } from './sign-in.forms.ts';
import { nextOf, nextQuery, type NextView } from './sign-in.pages.ts';

export interface StepUpView extends NextView {
  /** For the browser, as JSON; undefined without a passkey. */
  readonly passkeyOptions: string | undefined;
}

/** Asks for password or passkey again, before a passkey is registered. */
export const stepUpPage = definePage({
  name: 'my.step-up',
  path: '/my/step-up',
  permission: 'own-passkeys:write',
  query: nextQuery,
  load: async (deps, { actor, visit, query }) => ({
    passkeyOptions: await findOptions(deps, visit, (await listOwnPasskeys(deps, actor)).length),
    next: nextOf(query.next),
  }),
  view: ({ passkeyOptions, next }, { t, form }): StepUpView => ({
    title: t('my.step-up.title'),
    passkeyOptions,
    next: form?.values['next'] ?? next,
  }),
  template: template<StepUpView>('my/step-up'),
});

async function findOptions(deps: ServiceDeps, visit: Visit, passkeys: number): Promise<string | undefined> {
  if (passkeys === 0) return undefined;
  const { subscriberId } = visit.session;
  return startPasskeySignIn(deps, { browser: visit.formToken(deps.config), subscriberId });
}

const next = optional(textField({ label: 'my.step-up.title', maxLength: 600 }));

/** Who is signed in, and proves it again. @throws Problem `session-ended` */
async function requirePerson(deps: ServiceDeps, visit: Visit) {
  const person = await findSignedIn(deps, visit);
  if (!person) throw new Problem('session-ended');
  return person;
}

export const stepUpPasswordForm = defineForm({
  name: 'my.step-up-password',
  path: '/my/step-up/password',
  permission: 'own-passkeys:write',
  admission: admitSignIns(),
  fields: { password: secretField('sign-in.password'), next },
  submit: async (deps, { input: { password }, visit }) => {
    const { issuedId } = await requirePerson(deps, visit);
    const typed = { issuedId, password, source: visit.address };
    const person = await reportRefusedSignIn(deps, typed, signIn(deps, typed));
    await visit.startSession({ ...provenSession(deps, person), ...placeOf(visit) });
  },
  done: (_, { input }) => ({ to: pathAfter(input.next) }),
  page: stepUpPage,
});

export const stepUpPasskeyForm = defineForm({
  name: 'my.step-up-passkey',
  path: '/my/step-up/passkey',
  permission: 'own-passkeys:write',
  admission: admitSignIns(),
  fields: { response: authenticationField, next },
  submit: async (deps, { input: { response }, visit }) => {
    const { id: subscriberId } = await requirePerson(deps, visit);
    const { address: source } = visit;
    const asked = { response, source, browser: visit.formToken(deps.config), subscriberId };
    const person = await reportRefusedSignIn(deps, { source }, signInWithPasskey(deps, asked));
    await visit.startSession({ ...provenSession(deps, person, response), ...placeOf(visit) });
  },
  done: (_, { input }) => ({ to: pathAfter(input.next) }),
  page: stepUpPage,
});
