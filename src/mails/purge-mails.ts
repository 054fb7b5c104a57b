import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Mails have personal data; after this time nobody asks whether one was sent, and no use case runs again. */
const KEPT_MS = 90 * 24 * 3_600_000;
const CHUNK = 1_000;
const OVER = ['sent', 'failed', 'dropped'] as const;

/** Removes the mails that left the outbox long ago; returns how many. It can be run again at any time. */
export async function purgeMails(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  let purged = 0;
  for (const state of OVER) {
    for (let inChunk = CHUNK; inChunk === CHUNK; purged += inChunk) {
      const { numDeletedRows } = await inTransaction(deps, (tx) =>
        sqlOf(tx.em)
          .deleteFrom('mail')
          .where('state', '=', state)
          .where('nextAttemptAt', '<=', before)
          .limit(CHUNK)
          .executeTakeFirstOrThrow(),
      );
      inChunk = Number(numDeletedRows);
    }
  }
  return purged;
}
