import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import type { ApprovalRow } from '../access/approvals/approval.queries.ts';
import { actingCompany } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

const LISTED = 500;

/** A proposal about an account of a company, as the company's own people read it. */
export interface PendingAccountChange extends Pick<
  ApprovalRow,
  'id' | 'kind' | 'input' | 'proposedAt' | 'expiresAt'
> {
  /** Of a proposal of the company's own people; what the carrier's people write for each other stays with the carrier. */
  readonly reason: string | undefined;
}

/**
 * Proposals about accounts of the actor's own company that wait for the carrier, newest first: invitations into roles that take two
 * people, further such roles, and resets of a factor. @throws Problem `permission-denied`
 */
export async function listPendingAccountChanges(deps: Deps, actor: Actor): Promise<PendingAccountChange[]> {
  const companyId = actingCompany(actor, 'accounts:read');
  const db = sqlOf(emOf(deps));
  const { code } = await db
    .selectFrom('company')
    .select('code')
    .where('id', '=', companyId)
    .executeTakeFirstOrThrow();
  const companyCode = sql<string | null>`JSON_VALUE(input, '$.companyCode')`;
  const accountId = sql<number | null>`CAST(JSON_VALUE(input, '$.accountId') AS UNSIGNED)`;
  const rows = await db
    .selectFrom('approval')
    .select(['id', 'kind', 'input', 'reason', 'maker', 'proposedAt', 'expiresAt'])
    .where('kind', 'in', ['account.invite', 'account.roles', 'account.reset-factor'])
    .where('state', '=', 'pending')
    .where('expiresAt', '>', deps.clock.now())
    .where((eb) =>
      eb.or([
        eb(companyCode, '=', code),
        eb(
          accountId,
          'in',
          eb.selectFrom('account as a').select('a.id').where('a.companyId', '=', companyId),
        ),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(LISTED)
    .execute();
  return rows.map(({ reason, maker, ...row }) => ({
    ...row,
    reason: maker.startsWith('company-user:') ? reason : undefined,
  }));
}
