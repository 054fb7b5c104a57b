import { parseAccountReference } from '../access/account-reference.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** The names of people by how `actorName` writes them: `staff:acct-12` → 山田 花子. Others, such as jobs, are left out. */
export type PeopleNames = ReadonlyMap<string, string>;

/** Looks up what the people are called whom approvals and the audit trail name. */
export async function findPeopleNames(
  deps: Deps,
  actors: readonly (string | null | undefined)[],
): Promise<PeopleNames> {
  const ids = new Map<number, string[]>();
  for (const actor of new Set(actors)) {
    const id = actor == null ? undefined : parseAccountReference(actor.slice(actor.indexOf(':') + 1));
    if (id !== undefined) ids.set(id, [...(ids.get(id) ?? []), actor!]);
  }
  if (ids.size === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('account')
    .select(['id', 'displayName'])
    .where('id', 'in', [...ids.keys()])
    .execute();
  return new Map(rows.flatMap(({ id, displayName }) => ids.get(id)!.map((actor) => [actor, displayName])));
}
