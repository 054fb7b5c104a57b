import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { AccountRow } from './account.queries.ts';
import type { AccountRoleName } from './account.rules.ts';

/** Without somebody in these, nobody could ever be invited into them again. */
const KEPT: readonly AccountRoleName[] = ['administrator', 'billing-approver'];

/**
 * Refuses to take a role from the last active person who has it, where only such a person can give it again. All holders
 * are locked, so of two who leave at once one stays.
 * @throws Problem `illegal-state`
 */
export async function refuseLastOfRole(
  tx: InTransaction<Deps>,
  account: Pick<AccountRow, 'id' | 'audience' | 'state'>,
  roles: readonly AccountRoleName[],
): Promise<void> {
  if (account.audience !== 'staff' || account.state !== 'active') return;
  for (const role of KEPT.filter((kept) => roles.includes(kept))) {
    const holders = await sqlOf(tx.em)
      .selectFrom('account_role')
      .innerJoin('account', 'account.id', 'account_role.accountId')
      .select('account.id')
      .where('role', '=', role)
      .where('revokedAt', 'is', null)
      .where('account.state', '=', 'active')
      .orderBy('account.id')
      .forUpdate()
      .execute();
    if (holders.some(({ id }) => id !== account.id)) continue;
    const detail = `This is the last active ${role}: make another one first.`;
    throw new Problem('illegal-state', { detail });
  }
}
