import { randomBytes } from 'node:crypto';
import QRCode from 'qrcode';
import type { EnrolmentRight } from '../../accounts/enrolment.ts';
import { startPasskeyEnrolment } from '../../accounts/passkey-enrolment.ts';
import { startTotpEnrolment } from '../../accounts/totp-enrolment.ts';
import { totpSeal } from '../../accounts/totp-seal.rules.ts';
import { openSecret, sealSecret } from '../../identity/sealed-secret.ts';
import { TOTP_SECRET_BYTES } from '../../identity/totp.rules.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { nameBrowser } from '../../shared/browser-name.rules.ts';
import { enrolmentRightOf } from './account-session.ts';
import type { AccountSite } from '../account-site.ts';

interface EnrolmentView extends PageView {
  /** False when the person has to sign in again. */
  readonly isOpen: boolean;
  /** The person is signed in already, and adds or replaces a factor. */
  readonly isSignedIn: boolean;
}

export interface AppView extends EnrolmentView {
  /** The QR code as a `data:` address. */
  readonly qr: string;
  /** For typing, in groups of four. */
  readonly seed: string;
}

export interface PasskeyView extends EnrolmentView {
  /** Options for the browser, as JSON. */
  readonly passkeyOptions: string;
  readonly name: string;
}

/** Which factor to register. */
export function enrolmentPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.enrolment`,
    path: `${site.base}/enrolment`,
    audience: 'public',
    load: (_, { visit }) => describe(visit),
    view: (ways, { t }): EnrolmentView => ({ title: t('accounts.enrolment.title'), ...ways }),
    template: template<EnrolmentView>('accounts/enrolment'),
  });
}

export function appPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.app`,
    path: `${site.base}/enrolment/app`,
    audience: 'public',
    load: async (deps, { visit }) => ({ ...describe(visit), offer: await offerApp(deps, visit) }),
    view: ({ offer, ...ways }, { t }): AppView => ({
      title: t('accounts.app.title'),
      ...ways,
      isOpen: offer !== undefined,
      qr: offer?.qr ?? '',
      seed: offer?.seed ?? '',
    }),
    template: template<AppView>('accounts/app'),
  });
}

export function passkeyPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.passkey`,
    path: `${site.base}/enrolment/passkey`,
    audience: 'public',
    load: async (deps, { visit }) => ({
      ...describe(visit),
      options: await whileOpen(visit, (right) => startPasskeyEnrolment(deps, right)),
      browser: nameBrowser(visit.userAgent),
    }),
    view: ({ options, browser, ...ways }, { t }): PasskeyView => ({
      title: t('accounts.passkey.title'),
      ...ways,
      isOpen: options !== undefined,
      passkeyOptions: JSON.stringify(options ?? {}),
      name: browser ?? '',
    }),
    template: template<PasskeyView>('accounts/passkey'),
  });
}

function describe(visit: Visit): { readonly isOpen: boolean; readonly isSignedIn: boolean } {
  const right = enrolmentRightOf(visit);
  return { isOpen: right !== undefined, isSignedIn: right !== undefined && 'proof' in right };
}

/**
 * The seed stays the same while the page is open, so that a mistyped code does not ask for another scan. It is kept, encrypted, in
 * this browser's session alone: nobody else who knows the password sees it.
 */
async function offerApp(deps: ServiceDeps, visit: Visit) {
  const offer = await whileOpen(visit, (right) => startTotpEnrolment(deps, right, seedOf(deps, visit)));
  if (!offer) return undefined;
  const svg = await QRCode.toString(offer.uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
  return { seed: offer.seed, qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
}

function seedOf({ config }: ServiceDeps, { session }: Visit): Uint8Array {
  const seal = totpSeal(session.accountId ?? 0);
  if (session.offeredSeed !== undefined) return openSecret(config, seal, session.offeredSeed);
  const seed = randomBytes(TOTP_SECRET_BYTES);
  session.offeredSeed = sealSecret(config, seal, seed);
  return seed;
}

/** Undefined when nobody is here who may register a factor, or no longer. */
async function whileOpen<T>(
  visit: Visit,
  begin: (right: EnrolmentRight) => Promise<T>,
): Promise<T | undefined> {
  const right = enrolmentRightOf(visit);
  if (!right) return undefined;
  try {
    return await begin(right);
  } catch (error) {
    if (error instanceof Problem && error.code === 'token-invalid') return undefined;
    throw error;
  }
}
