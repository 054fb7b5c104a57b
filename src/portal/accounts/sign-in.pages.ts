import { findFactors, type FactorsOfAccount } from '../../accounts/sign-in-step.ts';
import { startPasskeySignIn } from '../../accounts/passkey-sign-in.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { findPending } from './account-session.ts';
import { pathAfter, nextQuery, type AccountSite } from '../account-site.ts';

interface SignInView extends PageView {
  readonly lead: string;
  readonly next: string;
  /** What has just been done, said once. */
  readonly done: string | undefined;
}

export interface FactorView extends PageView {
  /** False when the password has to be proven again. */
  readonly isOpen: boolean;
  readonly hasApp: boolean;
  readonly hasRecoveryCodes: boolean;
  /** Options for the browser, as JSON. */
  readonly passkeyOptions: string | undefined;
}

/** First half: e-mail address and password. */
export function signInPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.sign-in`,
    path: `${site.base}/sign-in`,
    audience: 'public',
    query: {
      type: 'object',
      properties: { ...nextQuery.properties, after: { type: 'string', enum: ['sign-out'] } },
      additionalProperties: false,
    } as const,
    load: (_, { query }) => ({ next: pathAfter(site, query.next), after: query.after }),
    view: ({ next, after }, { t, form }): SignInView => ({
      title: t('accounts.sign-in.title'),
      lead: t(`accounts.sign-in.lead-${site.audience}`),
      next: form?.values['next'] ?? next,
      done: after && t('accounts.sign-in.signed-out'),
    }),
    template: template<SignInView>('accounts/sign-in'),
  });
}

/** Second half: what the person has besides the password. */
export function factorPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.factor`,
    path: `${site.base}/sign-in/factor`,
    audience: 'public',
    load: (deps, { visit }) => loadFactors(deps, visit),
    view: (data, { t }): FactorView => ({
      title: t('accounts.factor.title'),
      isOpen: data !== undefined,
      hasApp: data?.totp ?? false,
      hasRecoveryCodes: (data?.recoveryCodes ?? 0) > 0,
      passkeyOptions: data?.passkeyOptions,
    }),
    template: template<FactorView>('accounts/factor'),
  });
}

async function loadFactors(
  deps: ServiceDeps,
  visit: Visit,
): Promise<(FactorsOfAccount & { readonly passkeyOptions: string | undefined }) | undefined> {
  const pending = await findPending(deps, visit);
  if (!pending) return undefined;
  const factors = await findFactors(deps, pending.accountId);
  const options = factors.passkeys > 0 ? await startPasskeySignIn(deps, pending) : undefined;
  return { ...factors, passkeyOptions: options && JSON.stringify(options) };
}
