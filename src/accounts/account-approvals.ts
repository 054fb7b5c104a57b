import { actorName, type Actor } from '../access/actor.ts';
import { accountReference } from '../access/account-reference.rules.ts';
import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { findAccountByEmail, lockAccount, lockOwnAccount, type AccountRow } from './account.queries.ts';
import { checkInvitation, invitationSubject, type Invitation } from './account.rules.ts';
import { accountSubject } from './change-account.ts';
import { createAccount } from './create-account.ts';
import { findInvitingCompany } from './invite-account.ts';
import { resetFactors } from './reset-factors.ts';
import { addedRoles, changeRoles, checkRoleChange, type AccountRoles } from './set-account-roles.ts';

const rights = { propose: 'accounts:propose', approve: 'accounts:approve' } as const;

/** An invitation into roles that take two people. */
export const accountInviteApproval: ApprovalKind<Invitation> = {
  kind: 'account.invite',
  ...rights,
  readInput: (stored) => stored as unknown as Invitation,
  async assertReach(tx, { actor, permission }, input) {
    await findInvitingCompany(tx, ownedBy(actor, permission), input);
  },
  async lockSubject(tx, input) {
    checkInvitation(input);
    const account = await findAccountByEmail(tx, input);
    return { subject: invitationSubject(input), version: { account: account?.id ?? null } };
  },
  async preview(tx, input) {
    checkInvitation(input);
    if (await findAccountByEmail(tx, input)) throw new Problem('already-exists');
    const { audience, companyCode, email, displayName, roles } = input;
    return changesBetween({}, { audience, company: companyCode, email, displayName, roles: roles.join(' ') });
  },
  async execute(tx, authority, input) {
    const companyId = await findCompanyId(tx, input.companyCode ?? null);
    const by = { actor: authority.actorName, approvalId: authority.approvalId };
    await createAccount(tx, by, { ...input, companyId });
  },
};

/** Further roles for an account, some of which take two people. */
export const accountRolesApproval: ApprovalKind<AccountRoles> = {
  kind: 'account.roles',
  ...rights,
  readInput: (stored) => stored as unknown as AccountRoles,
  assertReach: assertReachesAccount,
  lockSubject: lockAccountAsSubject,
  async preview(tx, input) {
    const account = await lockKnown(tx, input.accountId);
    checkRoleChange(account, input);
    return changesBetween(
      { roles: account.roles.join(' ') },
      {
        roles: [
          ...account.roles.filter((role) => input.roles.includes(role)),
          ...addedRoles(account, input.roles),
        ].join(' '),
      },
    );
  },
  async execute(tx, authority, input) {
    const account = await lockKnown(tx, input.accountId);
    checkRoleChange(account, input);
    const by = { actor: authority.actorName, approvalId: authority.approvalId };
    await changeRoles(tx, by, account, input.roles);
  },
};

/** Somebody has lost their second factor: password and factors are removed, and a fresh invitation goes to their address. */
export const accountFactorResetApproval: ApprovalKind<{ readonly accountId: number }> = {
  kind: 'account.reset-factor',
  ...rights,
  readInput: (stored) => stored as unknown as { accountId: number },
  assertReach: assertReachesAccount,
  lockSubject: lockAccountAsSubject,
  async preview(tx, { accountId }) {
    const { state } = await lockKnown(tx, accountId);
    if (state !== 'active') throw new Problem('illegal-state', { facts: { state } });
    return changesBetween({ state, secondFactor: 'present' }, { state: 'invited', secondFactor: 'none' });
  },
  async execute(tx, authority, { accountId }) {
    await resetFactors(tx, authority, await lockKnown(tx, accountId));
  },
};

/** Nobody decides about their own account, and the owner of a company reaches its accounts alone. */
async function assertReachesAccount(
  tx: InTransaction<Deps>,
  {
    actor,
    permission,
  }: { readonly actor: Actor; readonly permission: 'accounts:propose' | 'accounts:approve' },
  { accountId }: { readonly accountId: number },
): Promise<void> {
  await lockOwnAccount(tx, ownedBy(actor, permission), accountId);
  if (permission === 'accounts:approve' && actorName(actor).endsWith(`:${accountReference(accountId)}`))
    throw new Problem('approval-own', { detail: 'Nobody approves a change of their own account.' });
}

async function lockAccountAsSubject(tx: InTransaction<Deps>, { accountId }: { readonly accountId: number }) {
  const { state, roles, email } = await lockKnown(tx, accountId);
  return { subject: accountSubject(accountId), version: { state, roles, email } };
}

async function lockKnown(tx: InTransaction<Deps>, accountId: number): Promise<AccountRow> {
  const account = await lockAccount(tx, accountId);
  if (!account) throw new Problem('account-not-found');
  return account;
}

/** Who proposed it has reached the company; the approver of the carrier reaches all. */
async function findCompanyId(tx: InTransaction<Deps>, companyCode: string | null): Promise<number | null> {
  if (companyCode === null) return null;
  const company = await sqlOf(tx.em)
    .selectFrom('company')
    .select('id')
    .where('code', '=', companyCode)
    .executeTakeFirst();
  if (!company) throw new Problem('company-not-found');
  return company.id;
}
