import { can } from '../../access/can.rules.ts';
import { findSignedIn, type AccountProof } from '../../accounts/account-proof.ts';
import { proofOfSession, sessionOfProof } from '../../accounts/account-sessions.ts';
import type { EnrolmentRight } from '../../accounts/enrolment.ts';
import type { SignInStep } from '../../accounts/sign-in-step.ts';
import { carriedOver } from '../../identity/session-lineage.rules.ts';
import { findToken } from '../../identity/one-time-tokens.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import type { Visit } from '../kit/visit.ts';
import type { AccountSite } from '../account-site.ts';

/** Continues in a session under a new key, with what was proven. */
export async function continueWith(deps: ServiceDeps, visit: Visit, proof: AccountProof): Promise<void> {
  await visit.startSession({ startedAt: deps.clock.now().getTime(), ...sessionOfProof(proof) });
}

/** The same after the second factor was proven again: what was typed in the meantime and the forms of other tabs go over. */
export async function riseWith(deps: ServiceDeps, visit: Visit, proof: AccountProof): Promise<void> {
  const startedAt = deps.clock.now().getTime();
  await visit.startSession({ startedAt, ...sessionOfProof(proof), ...carriedOver(visit.session, startedAt) });
}

/** Where a person who has just signed in goes: to the page that was asked for, otherwise to their desk. */
export async function placeAfter(
  deps: ServiceDeps,
  { base, desks }: AccountSite,
  { next, proof }: { readonly next: string; readonly proof: AccountProof },
): Promise<string> {
  if (next !== base || desks.length === 0) return next;
  const account = await findSignedIn(deps, proof);
  return desks.find(({ landing }) => account && can(account.actor, landing))?.path ?? next;
}

/**
 * Takes a person who has proven the password to the next step, in a session under a new key that opens nothing until the step is
 * done. Returns the path to go to.
 */
export async function takeStep(
  deps: ServiceDeps,
  { site, visit, next }: { readonly site: AccountSite; readonly visit: Visit; readonly next: string },
  step: SignInStep,
): Promise<string> {
  if (step.step === 'signed-in') {
    await continueWith(deps, visit, step.proof);
    return placeAfter(deps, site, { next, proof: step.proof });
  }
  const token = await findToken(deps, step.step, step.ticket);
  if (token?.ownerKind !== 'account' || token.ownerId === null) throw new Problem('token-invalid');
  await visit.startSession({
    startedAt: deps.clock.now().getTime(),
    accountId: token.ownerId,
    pendingSignIn: { step: step.step, ticket: step.ticket, next },
  });
  return step.step === 'enrolment' ? `${site.base}/enrolment` : `${site.base}/sign-in/factor`;
}

/** A person between the password and the second factor. */
export interface Pending {
  readonly accountId: number;
  readonly ticket: string;
  readonly next: string;
}

/** Whose password this session has proven, while the second half can still be given; otherwise undefined. */
export async function findPending(deps: ServiceDeps, { session }: Visit): Promise<Pending | undefined> {
  const { accountId, pendingSignIn } = session;
  if (accountId === undefined || pendingSignIn?.step !== 'second-factor') return undefined;
  if (!(await findToken(deps, 'second-factor', pendingSignIn.ticket))) return undefined;
  return { accountId, ticket: pendingSignIn.ticket, next: pendingSignIn.next };
}

/** @throws Problem `session-ended` */
export async function requirePending(deps: ServiceDeps, visit: Visit): Promise<Pending> {
  const pending = await findPending(deps, visit);
  if (!pending) throw new Problem('session-ended');
  return pending;
}

/** By what this session may register a factor. @throws Problem `session-ended` */
export function requireEnrolmentRight(visit: Visit): EnrolmentRight {
  const right = enrolmentRightOf(visit);
  if (!right) throw new Problem('session-ended');
  return right;
}

export function enrolmentRightOf({ session }: Visit): EnrolmentRight | undefined {
  const { pendingSignIn } = session;
  if (pendingSignIn) return pendingSignIn.step === 'enrolment' ? { ticket: pendingSignIn.ticket } : undefined;
  const proof = proofOfSession(session);
  return proof && { proof };
}
