import type { Enrolled } from '../../accounts/enrolment.ts';
import { finishPasskeyEnrolment, renewRecoveryCodes } from '../../accounts/passkey-enrolment.ts';
import { finishTotpEnrolment } from '../../accounts/totp-enrolment.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { MessageKey } from '../messages/translate.ts';
import { defineRevealingForm } from '../kit/define-form.ts';
import type { AnyPage, PageView, ViewFrame } from '../kit/define-page.ts';
import { textField } from '../kit/form-fields.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { requireProof } from '../account-audience.ts';
import { codeField } from './code-field.ts';
import { continueWith, requireEnrolmentRight } from './account-session.ts';
import type { AccountSite } from '../account-site.ts';
import { registrationField } from '../kit/passkey-field.ts';

/** The result of a registration, with the recovery codes of a first factor, which are shown once. */
interface CodesView extends PageView {
  readonly codes: readonly string[];
  /** Where the person continues. */
  readonly next: string;
}

interface Registered extends Pick<Enrolled, 'recoveryCodes'> {
  readonly title: MessageKey;
  readonly next: string;
}

const reveal = {
  view: ({ title, recoveryCodes: codes, next }: Registered, { t }: ViewFrame): CodesView => ({
    title: t(title),
    codes,
    next,
  }),
  template: template<CodesView>('accounts/codes'),
};

/** Continues in a session under a new key: all others of the account have ended. */
async function enter(
  deps: ServiceDeps,
  { site: { base }, visit }: { readonly site: AccountSite; readonly visit: Visit },
  { proof, recoveryCodes }: Enrolled,
): Promise<Pick<Registered, 'recoveryCodes' | 'next'>> {
  const next = visit.session.pendingSignIn?.next ?? `${base}/account`;
  await continueWith(deps, visit, proof);
  return { recoveryCodes, next };
}

export function appForm(site: AccountSite, page: AnyPage) {
  return defineRevealingForm({
    name: `${site.audience}.app-form`,
    path: `${site.base}/enrolment/app`,
    audience: 'public',
    fields: { code: codeField('accounts.code') },
    submit: async (deps, { input: { code }, visit }): Promise<Registered> => {
      const right = requireEnrolmentRight(visit);
      const enrolled = await finishTotpEnrolment(deps, right, { code, source: visit.address });
      return { title: 'accounts.app.done', ...(await enter(deps, { site, visit }, enrolled)) };
    },
    reveal,
    page,
  });
}

export function newPasskeyForm(site: AccountSite, page: AnyPage) {
  return defineRevealingForm({
    name: `${site.audience}.new-passkey-form`,
    path: `${site.base}/enrolment/passkey`,
    audience: 'public',
    fields: {
      label: textField({ label: 'accounts.passkey.name', maxLength: 60 }),
      response: registrationField,
    },
    submit: async (deps, { input, visit }): Promise<Registered> => {
      const enrolled = await finishPasskeyEnrolment(deps, requireEnrolmentRight(visit), input);
      return { title: 'accounts.passkey.done', ...(await enter(deps, { site, visit }, enrolled)) };
    },
    reveal,
    page,
  });
}

export function newCodesForm({ audience, base }: AccountSite, page: AnyPage) {
  return defineRevealingForm({
    name: `${audience}.new-codes`,
    path: `${base}/account/recovery-codes`,
    permission: 'own-account:write',
    fields: {},
    submit: async (deps, { visit }): Promise<Registered> => ({
      title: 'accounts.codes.title',
      recoveryCodes: await renewRecoveryCodes(deps, requireProof(visit)),
      next: `${base}/account`,
    }),
    reveal,
    page,
  });
}
