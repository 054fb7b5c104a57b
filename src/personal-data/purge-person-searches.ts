import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** The searches of a year can be looked over. */
const KEPT_MS = 400 * 24 * 3_600_000;
/** Rows per transaction; small, so that nobody who searches waits for the purge. */
const CHUNK = 1_000;

/** Removes the searches for people of long ago; returns how many. It can be run again at any time. */
export async function purgePersonSearches(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  let purged = 0;
  for (let inChunk = CHUNK; inChunk === CHUNK; purged += inChunk) {
    const { numDeletedRows } = await inTransaction(deps, (tx) =>
      sqlOf(tx.em)
        .deleteFrom('person_search')
        .where('at', '<=', before)
        .orderBy('at')
        .limit(CHUNK)
        .executeTakeFirstOrThrow(),
    );
    inChunk = Number(numDeletedRows);
  }
  return purged;
}
