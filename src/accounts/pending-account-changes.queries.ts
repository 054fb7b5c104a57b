import type { Actor } from '../access/actor.ts';
import type { ApprovalRow } from '../access/approvals/approval.queries.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

const LISTED = 500;

/**
 * Proposals about accounts of the actor's own company that wait for the carrier, newest first: invitations into roles that take two
 * people, further such roles, and resets of a factor. @throws Problem `permission-denied`
 */
export async function listPendingAccountChanges(
  deps: Deps,
  actor: Actor,
): Promise<Pick<ApprovalRow, 'id' | 'kind' | 'input' | 'reason' | 'proposedAt' | 'expiresAt'>[]> {
  const companyId = actingCompany(actor, 'accounts:read');
  const sql = sqlOf(emOf(deps));
  const { code } = await sql
    .selectFrom('company')
    .select('code')
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const accounts = await sql.selectFrom('account').select('id').where('companyId', '=', companyId).execute();
  const known = new Set(accounts.map(({ id }) => id));
  const rows = await sql
    .selectFrom('approval')
    .select(['id', 'kind', 'input', 'reason', 'proposedAt', 'expiresAt'])
    .where('kind', 'in', ['account.invite', 'account.roles', 'account.reset-factor'])
    .where('state', '=', 'pending')
    .where('expiresAt', '>', deps.clock.now())
    .orderBy('id', 'desc')
    .limit(LISTED)
    .execute();
  return rows.filter(({ input }) => {
    const { companyCode, accountId } = input as { companyCode?: string; accountId?: number };
    return companyCode === code || (accountId !== undefined && known.has(accountId));
  });
}
