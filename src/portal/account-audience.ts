import {
  findSignedIn,
  isFactorFresh,
  type AccountProof,
  type SignedInAccount,
} from '../accounts/account-proof.ts';
import { proofOfSession } from '../accounts/account-sessions.ts';
import { needsSecondFactor } from '../accounts/sign-in-step.ts';
import type { ServiceDeps } from '../service-deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PortalAudience } from './kit/define-portal.ts';
import type { Visit } from './kit/visit.ts';
import type { AccountSite } from './account-site.ts';

/** The people of a site, and how their sessions are recognised. */
export function accountAudience(site: AccountSite): PortalAudience {
  const { audience, base } = site;
  return {
    name: audience,
    signInPath: `${base}/sign-in`,
    signOutPath: `${base}/sign-out`,
    stepUpPath: `${base}/step-up`,
    accountPath: `${base}/account`,
    find: async (deps, visit) => {
      const account = await findOwnAccount(deps, site, visit);
      if (!account) return undefined;
      const hasFreshFactor = isFactorFresh(account.proof, deps.clock.now());
      return { actor: account.actor, label: account.displayName, hasFreshFactor };
    },
  };
}

/**
 * The account of a session, looked up with each request. Ends a session that opens nothing any more: password, factors, roles or
 * state have changed, or its password alone was enough when it began and is not now.
 */
async function findOwnAccount(
  deps: ServiceDeps,
  { audience }: AccountSite,
  visit: Visit,
): Promise<SignedInAccount | undefined> {
  const proof = proofOfSession(visit.session);
  if (!proof) return undefined;
  const account = await findSignedIn(deps, proof);
  const isEnough = account && (proof.provenBy === 'second-factor' || !needsSecondFactor(account));
  if (isEnough && account.audience === audience) return account;
  visit.endSession();
  return undefined;
}

/** The proof of a signed-in person, for use cases about their own account. @throws Problem `session-ended` */
export function requireProof(visit: Visit): AccountProof {
  const proof = proofOfSession(visit.session);
  if (!proof) throw new Problem('session-ended');
  return proof;
}

/** The signed-in account itself. @throws Problem `session-ended` */
export async function requireAccount(deps: ServiceDeps, visit: Visit): Promise<SignedInAccount> {
  const account = await findSignedIn(deps, requireProof(visit));
  if (!account) throw new Problem('session-ended');
  return account;
}
