import { accountReference } from '../access/account-reference.rules.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { withdrawTokens } from '../identity/one-time-tokens.ts';
import type { AccountRoleName } from './account.rules.ts';
import type { Account } from './account.entity.ts';

/** Subject of audit rows and approvals. */
export function accountSubject(id: number): string {
  return `account:${accountReference(id)}`;
}

/** Who changes an account, as `actorName` writes it, and what it is called. */
export interface AccountAct {
  readonly actor: string;
  readonly action: `account.${string}`;
  readonly facts?: Readonly<Record<string, unknown>>;
}

type Changed = Partial<
  Pick<Account, 'state' | 'passwordHash' | 'emailKey' | 'firstSlot' | 'activatedAt' | 'endedAt'>
>;

/**
 * Changes a locked account, with its audit row. All its sessions end with it, and links and half-finished
 * sign-ins are worthless. Returns the version that new sessions carry.
 */
export async function changeAccount(
  tx: InTransaction<Deps>,
  account: Pick<Account, 'id' | 'credentialVersion'>,
  values: Changed,
  { actor, action, facts }: AccountAct,
): Promise<number> {
  const { id } = account;
  const credentialVersion = account.credentialVersion + 1;
  const sql = sqlOf(tx.em);
  await sql
    .updateTable('account')
    .set({ ...values, credentialVersion })
    .where('id', '=', id)
    .execute();
  await sql.deleteFrom('session').where('accountId', '=', id).execute();
  await withdrawTokens(tx, { kind: 'account', id });
  const changed = { table: 'account', key: [id] } as const;
  await recordAudit(tx, { actor, action, subject: accountSubject(id), ...(facts && { facts }), changed });
  return credentialVersion;
}

interface RoleGrant {
  readonly accountId: number;
  readonly role: AccountRoleName;
  readonly approvalId: string | null;
}

/** Grants a role, with its audit row. The database refuses one that takes two people without their approval. */
export async function grantRole(
  tx: InTransaction<Deps>,
  { accountId, role, approvalId }: RoleGrant,
  actor: string,
): Promise<void> {
  const grant = { approvalId, grantedAt: tx.clock.now(), revokedAt: null };
  await sqlOf(tx.em)
    .insertInto('account_role')
    .values({ accountId, role, ...grant })
    .onDuplicateKeyUpdate(grant)
    .execute();
  await recordRole(tx, { accountId, role, approvalId }, { actor, action: 'account.grant-role' });
}

/** Revokes a role; the row stays. */
export async function revokeRole(
  tx: InTransaction<Deps>,
  { accountId, role, approvalId }: RoleGrant,
  actor: string,
): Promise<void> {
  await sqlOf(tx.em)
    .updateTable('account_role')
    .set({ revokedAt: tx.clock.now() })
    .where('accountId', '=', accountId)
    .where('role', '=', role)
    .execute();
  await recordRole(tx, { accountId, role, approvalId }, { actor, action: 'account.revoke-role' });
}

async function recordRole(
  tx: InTransaction<Deps>,
  { accountId, role, approvalId }: RoleGrant,
  { actor, action }: AccountAct,
): Promise<void> {
  const facts = { role, ...(approvalId !== null && { approval: approvalId }) };
  const changed = { table: 'account_role', key: [accountId, role] } as const;
  await recordAudit(tx, { actor, action, subject: accountSubject(accountId), facts, changed });
}
