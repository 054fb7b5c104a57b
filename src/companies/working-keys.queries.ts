import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Which of some API keys work now: for connections that stay open after the key was looked at. */
export async function findWorkingKeys(deps: Deps, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const now = deps.clock.now();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('api_key as k')
    .innerJoin('company as c', 'c.id', 'k.companyId')
    .select('k.id')
    .where('k.id', 'in', ids)
    .where('k.revokedAt', 'is', null)
    .where(({ eb, or }) => or([eb('k.endsAt', 'is', null), eb('k.endsAt', '>', now)]))
    .where('c.state', '=', 'active')
    .execute();
  return new Set(rows.map(({ id }) => id));
}
