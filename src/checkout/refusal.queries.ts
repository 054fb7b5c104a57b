import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { LastRefusal } from './refusal.rules.ts';

/** The last refusals of sales by their identifiers; those without one are left out. */
export async function findRefusals(
  deps: Deps,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, LastRefusal>> {
  if (subjectIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('checkout')
    .select(['subjectId', 'refusedAs', 'refusedAt'])
    .where('subjectId', 'in', subjectIds)
    .where('refusedAs', 'is not', null)
    .$narrowType<{ refusedAs: LastRefusal['refusedAs']; refusedAt: Date }>()
    .execute();
  return new Map(rows.map(({ subjectId, ...refusal }) => [subjectId, refusal]));
}
