import { sqlOf } from '../../database/sql.ts';
import type { InTransaction } from '../../database/transaction.ts';
import type { Deps } from '../../deps.ts';
import { parseAccountReference } from '../account-reference.rules.ts';
import { permissions, type Permission, type Role } from '../permissions.ts';

/**
 * Whether the person who proposed something, as `actorName` wrote it, could propose it today: the account is active and still has
 * a role with the permission. A name that is no account counts in development alone. The account is locked: it is not
 * suspended while the proposal is executed.
 */
export async function mayStillPropose(
  tx: InTransaction<Deps>,
  maker: string,
  permission: Permission,
): Promise<boolean> {
  const id = parseAccountReference(maker.slice(maker.indexOf(':') + 1));
  if (id === undefined) return tx.config.mode === 'development';
  const sql = sqlOf(tx.em);
  const account = await sql
    .selectFrom('account')
    .select('state')
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const held = await sql
    .selectFrom('account_role')
    .select('role')
    .where('accountId', '=', id)
    .where('revokedAt', 'is', null)
    .execute();
  const allowed: readonly Role[] = permissions[permission];
  return account?.state === 'active' && held.some(({ role }) => allowed.includes(role));
}

/** Whether nobody decides alone any more where money goes: in production, once two people of the carrier have accounts. */
export async function isTwoPeopleRule(tx: InTransaction<Deps>): Promise<boolean> {
  if (tx.config.mode === 'development') return false;
  const people = await sqlOf(tx.em)
    .selectFrom('account')
    .select('id')
    .where('audience', '=', 'staff')
    .where('activatedAt', 'is not', null)
    .limit(2)
    .execute();
  return people.length === 2;
}
