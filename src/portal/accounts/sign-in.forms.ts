import { finishPasskeySignIn } from '../../accounts/passkey-sign-in.ts';
import { startPasswordSignIn } from '../../accounts/password-sign-in.ts';
import type { AccountProof } from '../../accounts/account-proof.ts';
import { useRecoveryCode, verifyTotp } from '../../accounts/second-factor.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { AnyPage } from '../kit/define-page.ts';
import { defineForm } from '../kit/define-form.ts';
import { optional, secretField, textField } from '../kit/form-fields.ts';
import type { Visit } from '../kit/visit.ts';
import { codeField } from './code-field.ts';
import { continueWith, placeAfter, requirePending, takeStep, type Pending } from './account-session.ts';
import { pathAfter, type AccountSite } from '../account-site.ts';
import { authenticationField } from '../kit/passkey-field.ts';

export function signInForm(site: AccountSite, page: AnyPage) {
  return defineForm({
    name: `${site.audience}.sign-in-form`,
    path: `${site.base}/sign-in`,
    audience: 'public',
    fields: {
      email: textField({ label: 'accounts.email', maxLength: 254 }),
      password: secretField('accounts.password'),
      next: optional(textField({ label: 'accounts.sign-in.title', maxLength: 600 })),
    },
    submit: async (deps, { input, visit }) => {
      const { email, password } = input;
      const { audience } = site;
      const step = await startPasswordSignIn(deps, { audience, email, password, source: visit.address });
      return takeStep(deps, { site, visit, next: pathAfter(site, input.next) }, step);
    },
    done: (to) => ({ to }),
    page,
  });
}

/** The second half by any factor: a session under a new key, which is the first that opens anything. */
async function finish(
  deps: ServiceDeps,
  { site, visit }: { readonly site: AccountSite; readonly visit: Visit },
  prove: (pending: Pending) => Promise<AccountProof>,
): Promise<string> {
  const pending = await requirePending(deps, visit);
  const proof = await prove(pending);
  await continueWith(deps, visit, proof);
  return placeAfter(deps, site, { next: pending.next, proof });
}

export function factorForms(site: AccountSite, page: AnyPage) {
  const { audience, base } = site;
  const codeForm = defineForm({
    name: `${audience}.code-form`,
    path: `${base}/sign-in/code`,
    audience: 'public',
    fields: { code: codeField('accounts.code') },
    submit: (deps, { input: { code }, visit }) =>
      finish(deps, { site, visit }, ({ ticket }) =>
        verifyTotp(deps, { ticket, code, source: visit.address }),
      ),
    done: (to) => ({ to }),
    page,
  });
  const recoveryForm = defineForm({
    name: `${audience}.recovery-form`,
    path: `${base}/sign-in/recovery`,
    audience: 'public',
    fields: { recoveryCode: codeField('accounts.recovery-code', 64) },
    submit: (deps, { input: { recoveryCode: code }, visit }) =>
      finish(deps, { site, visit }, ({ ticket }) =>
        useRecoveryCode(deps, { ticket, code, source: visit.address }),
      ),
    done: () => ({ to: `${base}/account`, flash: 'accounts.factor.recovery-used' }),
    page,
  });
  const passkeyForm = defineForm({
    name: `${audience}.passkey-form`,
    path: `${base}/sign-in/passkey`,
    audience: 'public',
    fields: { response: authenticationField },
    submit: (deps, { input: { response }, visit }) =>
      finish(deps, { site, visit }, ({ ticket }) =>
        finishPasskeySignIn(deps, { ticket, response, source: visit.address }),
      ),
    done: (to) => ({ to }),
    page,
  });
  return [codeForm, recoveryForm, passkeyForm];
}

export function signOutForm(site: AccountSite, page: AnyPage) {
  return defineForm({
    name: `${site.audience}.sign-out`,
    path: `${site.base}/sign-out`,
    audience: 'public',
    fields: {},
    submit: (_, { visit }) => Promise.resolve(visit.endSession()),
    done: () => ({ to: `${site.base}/sign-in?after=sign-out` }),
    page,
  });
}
