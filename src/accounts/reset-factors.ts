import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findEmployerNames, mailInvitation, mailSecurity } from './account-mails.ts';
import type { AccountRow } from './account.queries.ts';
import { assertAccountTransition } from './account.rules.ts';
import { changeAccount } from './change-account.ts';

/**
 * Removes all factors of an account and its password, and invites its person again under the same roles: who finds only the
 * password, or only the mail, gets no further.
 * @throws Problem `illegal-state` unless the account is active
 */
export async function resetFactors(
  tx: InTransaction<Deps>,
  { actorName: actor, facts }: ChangeAuthority,
  account: AccountRow,
): Promise<void> {
  assertAccountTransition(account.state, 'invited');
  await removeFactors(tx, account.id);
  const values = { state: 'invited', passwordHash: null } as const;
  await changeAccount(tx, account, values, { actor, action: 'account.reset-factor', facts });
  await mailSecurity(tx, account, 'factors-reset');
  const company = await findEmployerNames(tx, account.companyId);
  await mailInvitation(tx, account, { company, roles: account.roles, invitedBy: actor });
}

async function removeFactors(tx: InTransaction<Deps>, accountId: number): Promise<void> {
  const sql = sqlOf(tx.em);
  await sql.deleteFrom('account_totp').where('accountId', '=', accountId).execute();
  await sql.deleteFrom('account_recovery_code').where('accountId', '=', accountId).execute();
  await sql
    .deleteFrom('passkey')
    .where('ownerKind', '=', 'account')
    .where('ownerId', '=', accountId)
    .execute();
}
