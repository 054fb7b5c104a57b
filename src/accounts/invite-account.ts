import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { findOwnCompany } from '../companies/company.queries.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findEmployerNames, mailInvitation } from './account-mails.ts';
import { lockOwnAccount } from './account.queries.ts';
import { checkInvitation, rolesForTwo, type Invitation } from './account.rules.ts';
import { changeAccount } from './change-account.ts';
import { createAccount, type InvitedAccount } from './create-account.ts';

/**
 * Invites a person into roles that one person grants. The owner of a company invites its people, an administrator anybody.
 * @throws Problem `permission-denied`, `approval-needs-person`, `invalid-request`, `company-not-found`, `already-exists`,
 * `approval-required` for a role that takes two people
 */
export async function inviteAccount(deps: Deps, actor: Actor, input: Invitation): Promise<InvitedAccount> {
  const owned = ownedBy(actor, 'accounts:write');
  assertProvenPerson(actor, deps.config.mode);
  checkInvitation(input);
  refuseRolesForTwo(input.roles);
  return await inTransaction(deps, async (tx) => {
    const companyId = await findInvitingCompany(tx, owned, input);
    const by = { actor: actorName(actor), approvalId: null };
    return createAccount(tx, by, { ...input, companyId });
  });
}

/**
 * Sends another link to somebody who has not accepted yet; the earlier one opens nothing any more.
 * @throws Problem `permission-denied`, `account-not-found`, `illegal-state`
 */
export async function resendInvitation(
  deps: Deps,
  actor: Actor,
  { accountId }: { readonly accountId: number },
): Promise<InvitedAccount> {
  const owned = ownedBy(actor, 'accounts:write');
  return await inTransaction(deps, async (tx) => {
    const account = await lockOwnAccount(tx, owned, accountId);
    if (account.state !== 'invited') throw new Problem('illegal-state', { facts: { state: account.state } });
    await changeAccount(tx, account, {}, { actor: actorName(actor), action: 'account.invite-again' });
    const company = await findEmployerNames(tx, account.companyId);
    await mailInvitation(tx, account, { company, roles: account.roles, invitedBy: actorName(actor) });
    return { accountId };
  });
}

/** @throws Problem `approval-required` naming the roles */
export function refuseRolesForTwo(roles: Invitation['roles']): void {
  const taking = rolesForTwo(roles);
  if (taking.length === 0) return;
  const detail = `Granting ${taking.join(' and ')} takes two people: propose it for approval.`;
  throw new Problem('approval-required', { detail });
}

/** The company of an invited person; null for staff, whom only staff invites. */
export async function findInvitingCompany(
  tx: InTransaction<Deps>,
  owned: Owned,
  { audience, companyCode }: Pick<Invitation, 'audience' | 'companyCode'>,
): Promise<number | null> {
  if (audience === 'company') return (await findOwnCompany(tx, owned, companyCode ?? '')).id;
  if (owned.rows.companyId === undefined) return null;
  throw new Problem('permission-denied', { detail: 'Only staff invites staff.' });
}
