import { actorName, type Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { ownedBy } from '../access/owned-by.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { mailSecurity } from './account-mails.ts';
import { lockOwnAccount, type AccountRow } from './account.queries.ts';
import { checkRoles, type AccountRoleName } from './account.rules.ts';
import { changeAccount, grantRole, revokeRole } from './change-account.ts';
import { refuseRolesForTwo } from './invite-account.ts';
import { refuseLastOfRole } from './last-of-role.ts';

export interface AccountRoles {
  readonly accountId: number;
  /** All roles that the account has afterwards. */
  readonly roles: readonly AccountRoleName[];
}

/**
 * Revokes roles, and grants those that one person grants. Its sessions end: nothing that was opened under the former roles
 * stays open.
 * @throws Problem `permission-denied`, `approval-needs-person`, `account-not-found`, `invalid-request`, `illegal-state`,
 * `approval-required` when a role is added that takes two people
 */
export async function setAccountRoles(deps: Deps, actor: Actor, input: AccountRoles): Promise<void> {
  const owned = ownedBy(actor, 'accounts:write');
  assertProvenPerson(actor, deps.config.mode);
  await inTransaction(deps, async (tx) => {
    const account = await lockOwnAccount(tx, owned, input.accountId);
    checkRoleChange(account, input);
    refuseRolesForTwo(addedRoles(account, input.roles));
    await changeRoles(tx, { actor: actorName(actor), approvalId: null }, account, input.roles);
  });
}

/** Everything that a change of roles refuses, for one person and for two. @throws Problem `invalid-request`, `illegal-state` */
export function checkRoleChange(account: AccountRow, { roles }: AccountRoles): void {
  if (account.state === 'ended') throw new Problem('illegal-state', { facts: { state: account.state } });
  checkRoles(account.audience, roles);
}

export function addedRoles(account: AccountRow, roles: readonly AccountRoleName[]): AccountRoleName[] {
  return roles.filter((role) => !account.roles.includes(role));
}

/** Grants and revokes roles of a locked account. @throws Problem `illegal-state` for the last one of a role that cannot be missing */
export async function changeRoles(
  tx: InTransaction<Deps>,
  { actor, approvalId }: { readonly actor: string; readonly approvalId: string | null },
  account: AccountRow,
  roles: readonly AccountRoleName[],
): Promise<void> {
  const accountId = account.id;
  const revoked = account.roles.filter((role) => !roles.includes(role));
  await refuseLastOfRole(tx, account, revoked);
  for (const role of revoked) await revokeRole(tx, { accountId, role, approvalId }, actor);
  for (const role of addedRoles(account, roles)) await grantRole(tx, { accountId, role, approvalId }, actor);
  const facts = { before: account.roles, after: roles, ...(approvalId !== null && { approval: approvalId }) };
  await changeAccount(tx, account, {}, { actor, action: 'account.roles', facts });
  if (account.state === 'active')
    await mailSecurity(tx, account, 'roles-changed', { detail: roles.join(', ') });
}
