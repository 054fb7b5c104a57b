import { findHolderContact } from '../../identity/holder-contact.queries.ts';
import { maskMailAddress } from '../../identity/one-time-code.rules.ts';
import { formatIssuedId } from '../../identity/issued-id.rules.ts';
import { startPasskeySignIn } from '../../identity/passkey-sign-in.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { returnPathOf } from '../kit/return-path.rules.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { findSignedIn } from '../signed-in.ts';

/** Where to go after signing in, if the address names one of our own paths. */
export interface NextView extends PageView {
  readonly next: string;
}

interface SignInView extends NextView {
  /** What has just been done, said once. */
  readonly done: string | undefined;
  /** For the browser, as JSON. */
  readonly passkeyOptions: string;
}

export const nextQuery = {
  type: 'object',
  properties: { next: { type: 'string', maxLength: 600 } },
  additionalProperties: false,
} as const;

export const nextOf = (next: string | undefined): string => returnPathOf(next ?? '') ?? '';

const doneTexts = {
  'sign-out': 'my.sign-in.signed-out',
  password: 'my.sign-in.password-changed',
  passkey: 'my.sign-in.passkey-removed',
} as const;

export const signInPage = definePage({
  name: 'my.sign-in',
  path: '/my/sign-in',
  audience: 'public',
  query: {
    type: 'object',
    properties: {
      ...nextQuery.properties,
      /** What has just been done: signed out, a new password set, or the passkey removed that had opened the session. */
      after: { type: 'string', enum: ['sign-out', 'password', 'passkey'] },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { query, visit }) => ({
    next: nextOf(query.next),
    after: query.after,
    passkeyOptions: await startPasskeySignIn(deps, { browser: visit.formToken(deps.config) }),
  }),
  view: ({ next, after, passkeyOptions }, { t, form }): SignInView => ({
    title: t('my.sign-in.title'),
    next: form?.values['next'] ?? next,
    done: after && t(doneTexts[after]),
    passkeyOptions,
  }),
  template: template<SignInView>('my/sign-in'),
});

export interface CodeView extends NextView {
  readonly issuedId: string;
  /** Masked; undefined when the line master has none. */
  readonly sendsTo: string | undefined;
  /** For people of a former tenure of the line, who cannot connect through it any more. */
  readonly isFormer: boolean;
  readonly lead: string;
  readonly readOnly: string;
  /** Where to turn without an address. */
  readonly noAddress: string;
}

/** Not connected through the line: a code by mail, or going back to the line. */
export const codePage = definePage({
  name: 'my.code',
  path: '/my/code',
  audience: 'public',
  query: nextQuery,
  load: async (deps, { visit, query }) => ({
    ...(await findCodeTarget(deps, visit)),
    next: nextOf(query.next),
    contact: { ja: deps.config.carrier.contact, en: deps.config.carrier.contactEn },
  }),
  view: ({ issuedId, sendsTo, next, former, contact }, { t, form, format, language }): CodeView => ({
    title: t('my.code.title'),
    issuedId,
    sendsTo,
    isFormer: former !== undefined,
    lead: issuedId ? t(former ? 'my.code.lead-former' : 'my.code.lead') : t('my.code.no-session'),
    readOnly: former
      ? t('my.code.read-only-former', { through: format.date(former.readsThrough) })
      : t('my.code.read-only'),
    noAddress: former
      ? t('my.code.no-address-former', { contact: contact[language] })
      : t('my.code.no-address'),
    next: form?.values['next'] ?? next,
  }),
  template: template<CodeView>('my/code'),
});

async function findCodeTarget(deps: ServiceDeps, visit: Visit) {
  const subscriber = await findSignedIn(deps, visit, { admitsFormer: true });
  if (!subscriber) return { issuedId: '', sendsTo: undefined, former: undefined };
  const contact = await findHolderContact(deps, subscriber.id);
  const email = contact?.email;
  return {
    issuedId: formatIssuedId(subscriber.issuedId),
    sendsTo: email ? maskMailAddress(email) : undefined,
    former: subscriber.isEntitled ? undefined : subscriber.former,
  };
}

export const newPasswordPage = definePage({
  name: 'my.new-password',
  path: '/my/new-password',
  audience: 'public',
  load: () => undefined,
  view: (_, { t }): PageView => ({ title: t('my.new-password.title') }),
  template: template<PageView>('my/new-password'),
});

export const forgottenPage = definePage({
  name: 'my.forgotten',
  path: '/my/forgotten',
  audience: 'public',
  load: () => undefined,
  view: (_, { t }): PageView => ({ title: t('my.forgotten.title') }),
  template: template<PageView>('my/forgotten'),
});

export interface ForgottenCodeView extends PageView {
  readonly issuedId: string;
}

export const forgottenCodePage = definePage({
  name: 'my.forgotten-code',
  path: '/my/forgotten/code',
  audience: 'public',
  query: {
    type: 'object',
    properties: { id: { type: 'string', maxLength: 64 } },
    additionalProperties: false,
  } as const,
  load: (_, { query }) => query.id ?? '',
  view: (id, { t, form }): ForgottenCodeView => ({
    title: t('my.forgotten-code.title'),
    issuedId: form?.values['issuedId'] ?? id,
  }),
  template: template<ForgottenCodeView>('my/forgotten-code'),
});
