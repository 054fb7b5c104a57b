import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { LOCK_POLICIES } from './sign-in-lock.rules.ts';

/** Rows per transaction; small, so that sign-ins do not wait for the purge. */
const CHUNK = 1_000;

/** Removes sessions and one-time tokens that have ended, and failures that no lock depends on any more. It can be run again at any time. */
export async function purgeExpired(
  deps: Deps,
): Promise<{ sessions: number; failures: number; tokens: number }> {
  const now = deps.clock.now();
  const longestMs = Math.max(
    ...Object.values(LOCK_POLICIES).map(({ windowMs, lockMs }) => windowMs + lockMs),
  );
  const settledBefore = new Date(now.getTime() - longestMs);
  return {
    sessions: await repeat(deps, (tx) =>
      sqlOf(tx.em).deleteFrom('session').where('expiresAt', '<=', now).limit(CHUNK).executeTakeFirst(),
    ),
    failures: await repeat(deps, (tx) =>
      sqlOf(tx.em)
        .deleteFrom('sign_in_failure')
        .where('firstFailedAt', '<=', settledBefore)
        // The support centre holds an ID for longer than failures do.
        .where(({ eb, or }) => or([eb('lockedUntil', 'is', null), eb('lockedUntil', '<=', now)]))
        .limit(CHUNK)
        .executeTakeFirst(),
    ),
    tokens: await repeat(deps, (tx) =>
      sqlOf(tx.em).deleteFrom('one_time_token').where('expiresAt', '<=', now).limit(CHUNK).executeTakeFirst(),
    ),
  };
}

type Deletion = (tx: InTransaction<Deps>) => Promise<{ numDeletedRows: bigint }>;

async function repeat(deps: Deps, deleteChunk: Deletion): Promise<number> {
  let total = 0;
  for (;;) {
    const { numDeletedRows } = await inTransaction(deps, deleteChunk);
    total += Number(numDeletedRows);
    if (numDeletedRows < BigInt(CHUNK)) return total;
  }
}
