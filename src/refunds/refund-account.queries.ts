import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { ownTermsOf, type EnteredAccount } from '../bank-accounts/bank-account.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenureKey } from '../limits/line-spending.ts';
import { Problem } from '../shared/problem.ts';
import type { RefundAccount } from './refund-account.entity.ts';

/** All accounts of a former holder, the current one first. For the carrier's people. */
export async function listRefundAccounts(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom }: TenureKey,
): Promise<RefundAccount[]> {
  authorize(actor, 'buyers:read');
  return await sqlOf(emOf(deps))
    .selectFrom('refund_account')
    .selectAll()
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('version', 'desc')
    .execute();
}

/** The account to which a tenure is paid now, with its version; 0 without one. */
export interface TenureAccount {
  readonly version: number;
  readonly current: EnteredAccount | undefined;
}

/**
 * Locks a tenure that something is to be paid to by bank, and reads its account, so that changes of it happen one after
 * another. @throws Problem `refund-not-found` for a tenure without a refund by bank.
 */
export async function lockRefundAccount(
  tx: InTransaction<Deps>,
  { lineId, holderFrom }: TenureKey,
): Promise<TenureAccount> {
  const sql = sqlOf(tx.em);
  await sql
    .selectFrom('line_holder')
    .select('lineId')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .forUpdate()
    .execute();
  const refund = await sql
    .selectFrom('refund')
    .select('id')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('kind', '=', 'bank')
    .limit(1)
    .executeTakeFirst();
  if (!refund)
    throw new Problem('refund-not-found', { detail: 'Nothing is to be paid to this holder by bank.' });
  const row = await sql
    .selectFrom('refund_account')
    .selectAll()
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .orderBy('version', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  return { version: row?.version ?? 0, current: row && ownTermsOf(row) };
}
