import { accountReference } from '../access/account-reference.rules.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { permissions } from '../access/permissions.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

export interface Colleague {
  /** `acct-12` */
  readonly account: string;
  readonly name: string;
}

/** The people of the support centre who may have cases, by name. @throws Problem `permission-denied` */
export async function listColleagues(deps: Deps, actor: Actor): Promise<Colleague[]> {
  authorize(actor, 'cases:take');
  const rows = await sqlOf(emOf(deps))
    .selectFrom('account as a')
    .innerJoin('account_role as r', 'r.accountId', 'a.id')
    .select(['a.id', 'a.displayName'])
    .where('a.audience', '=', 'staff')
    .where('a.state', '=', 'active')
    .where('r.revokedAt', 'is', null)
    .where('r.role', 'in', permissions['cases:take'])
    .groupBy(['a.id', 'a.displayName'])
    .orderBy('a.displayName')
    .orderBy('a.id')
    .limit(500)
    .execute();
  return rows.map(({ id, displayName }) => ({ account: accountReference(id), name: displayName }));
}
