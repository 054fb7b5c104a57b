import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Problem } from '../shared/problem.ts';
import { refusalOf, type StoredRefusal } from './refusal.rules.ts';

/**
 * Records why the buyer of an open checkout was refused, in a transaction of its own: what was refused has been rolled back. The
 * same refusal again leaves the first time in place, so that showing a page twice writes once.
 */
export async function recordRefusal(deps: Deps, subjectId: string, refusedAs: StoredRefusal): Promise<void> {
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('checkout')
      .set({ refusedAs, refusedAt: tx.clock.now() })
      .where('subjectId', '=', subjectId)
      .where('state', '=', 'open')
      .where(({ eb, or }) => or([eb('refusedAs', 'is', null), eb('refusedAs', '<>', refusedAs)]))
      .execute(),
  );
}

/** Like `recordRefusal`, for a problem; one that refuses no buyer is not recorded. */
export async function recordRefusalBy(deps: Deps, subjectId: string, { code }: Problem): Promise<void> {
  const refusedAs = refusalOf(code);
  if (refusedAs !== undefined) await recordRefusal(deps, subjectId, refusedAs);
}
