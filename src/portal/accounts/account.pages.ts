import { listOwnPasskeys } from '../../accounts/passkey-enrolment.ts';
import { listOwnSessions } from '../../accounts/account-sessions.ts';
import { startPasskeyStepUp } from '../../accounts/passkey-sign-in.ts';
import { findFactors } from '../../accounts/sign-in-step.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { definePage, type PageView } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import type { Visit } from '../kit/visit.ts';
import { requireAccount, requireProof } from '../account-audience.ts';
import { nextQuery, pathAfter, type AccountSite } from '../account-site.ts';
import { describeAccount, describeSecurity, type HomeView, type SecurityView } from './account.view.rules.ts';

/** The first page after signing in: whose account it is, and what it may do. */
export function homePage(site: AccountSite) {
  const { audience, base } = site;
  return definePage({
    name: `${audience}.home`,
    path: base,
    permission: 'own-account:read',
    nav: { label: 'accounts.nav.home', order: 10 },
    load: async (deps, { visit }) => {
      const account = await requireAccount(deps, visit);
      return { account, factors: await findFactors(deps, account.id), desks: site.desks };
    },
    view: (data, frame): HomeView => describeAccount(data, frame),
    template: template<HomeView>('accounts/home'),
  });
}

/** Password, second factors, and where the person is signed in. */
export function securityPage({ audience, base }: AccountSite) {
  return definePage({
    name: `${audience}.account`,
    path: `${base}/account`,
    permission: 'own-account:read',
    nav: { label: 'accounts.nav.account', order: 90 },
    load: (deps, { visit }) => loadSecurity(deps, visit),
    view: (data, frame): SecurityView => describeSecurity(data, frame),
    template: template<SecurityView>('accounts/account'),
  });
}

async function loadSecurity(deps: ServiceDeps, visit: Visit) {
  const account = await requireAccount(deps, visit);
  const { proof } = account;
  return {
    account,
    factors: await findFactors(deps, account.id),
    passkeys: await listOwnPasskeys(deps, proof),
    sessions: await listOwnSessions(deps, proof, { key: visit.sessionKey }),
  };
}

interface StepUpView extends PageView {
  readonly next: string;
  readonly hasApp: boolean;
  readonly passkeyOptions: string | undefined;
}

/** Asks for the second factor again, before what needs a fresh one. */
export function stepUpPage(site: AccountSite) {
  return definePage({
    name: `${site.audience}.step-up`,
    path: `${site.base}/step-up`,
    permission: 'own-account:read',
    query: nextQuery,
    load: async (deps, { visit, query }) => {
      const proof = requireProof(visit);
      const { totp, passkeys } = await findFactors(deps, proof.accountId);
      const options = passkeys > 0 ? await startPasskeyStepUp(deps, proof) : undefined;
      return { hasApp: totp, passkeyOptions: options && JSON.stringify(options), next: query.next };
    },
    view: ({ next, ...factors }, { t, form }): StepUpView => ({
      title: t('accounts.step-up.title'),
      ...factors,
      next: pathAfter(site, form?.values['next'] ?? next),
    }),
    template: template<StepUpView>('accounts/step-up'),
  });
}
