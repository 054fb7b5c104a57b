import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** Every window is over by then, in any time zone. */
const KEPT_MS = 2 * 24 * 3_600_000;
/** Rows per transaction; small, so that nobody who writes waits for the purge. */
const CHUNK = 1_000;

/** Removes the counters of messages whose window is over; returns how many. It can be run again at any time. */
export async function purgeContactQuotas(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  let purged = 0;
  for (let inChunk = CHUNK; inChunk === CHUNK; purged += inChunk) {
    const { numDeletedRows } = await inTransaction(deps, (tx) =>
      sqlOf(tx.em)
        .deleteFrom('contact_quota')
        .where('startsAt', '<=', before)
        .limit(CHUNK)
        .executeTakeFirstOrThrow(),
    );
    inChunk = Number(numDeletedRows);
  }
  return purged;
}
