import { accountReference } from '../access/account-reference.rules.ts';
import type { Actor } from '../access/actor.ts';
import type { CompanyRole, StaffRole } from '../access/permissions.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findAccount, type AccountRow } from './account.queries.ts';

/** How long a second factor counts as fresh. */
export const FRESH_FACTOR_MS = 5 * 60_000;

/** What a session of an account remembers: who, how they proved it, and when. */
export interface AccountProof {
  readonly accountId: number;
  /** A session ends with any change of password, factors, roles or state. */
  readonly credentialVersion: number;
  readonly provenBy: 'password' | 'second-factor';
  /** When a second factor was last given, in ms since 1970. */
  readonly factorAt: number | null;
}

/** The person of a session. */
export interface SignedInAccount extends AccountRow {
  readonly actor: Actor;
  readonly proof: AccountProof;
}

/**
 * The account of a session, as it is now; undefined when the session has ended: the account is not active any more, or its
 * password, factors or roles have changed. Asked on every request.
 */
export async function findSignedIn(deps: Deps, proof: AccountProof): Promise<SignedInAccount | undefined> {
  const account = await findAccount(deps, proof.accountId);
  if (account?.state !== 'active' || account.credentialVersion !== proof.credentialVersion) return undefined;
  return { ...account, proof, actor: actorOf(account, proof.provenBy) };
}

/** The account as who acts. A password alone proves no person of the carrier. */
export function actorOf(account: AccountRow, provenBy: AccountProof['provenBy']): Actor {
  const { companyId } = account;
  const name = accountReference(account.id);
  if (companyId === null) {
    const roles = account.roles as readonly StaffRole[];
    return { kind: 'staff', account: name, roles, provenBy: provenBy === 'password' ? 'nothing' : provenBy };
  }
  const roles = account.roles as readonly CompanyRole[];
  return { kind: 'company-user', companyId, account: name, roles, provenBy };
}

/** Whether the second factor was given in the last five minutes. */
export function isFactorFresh({ factorAt }: Pick<AccountProof, 'factorAt'>, now: Date): boolean {
  return factorAt !== null && now.getTime() - factorAt < FRESH_FACTOR_MS;
}

/** Before approvals, new keys, bank accounts and changes of factors. @throws Problem `step-up-required` */
export function assertFreshFactor(proof: AccountProof, now: Date): void {
  if (!isFactorFresh(proof, now)) throw new Problem('step-up-required');
}
