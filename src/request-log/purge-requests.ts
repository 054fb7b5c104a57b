import { encodeTime } from 'ulid';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';

const DAY_MS = 24 * 3_600_000;
const CHUNK = 1_000;
const TIME_LENGTH = 10;

/** Removes the requests of long ago (REQUEST_LOG_DAYS), from the beginning of the table; returns how many. It can be run again at any time. */
export async function purgeRequests(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - deps.config.requestLogDays * DAY_MS);
  let purged = 0;
  for (let inChunk = CHUNK; inChunk === CHUNK; purged += inChunk) {
    const { numDeletedRows } = await inTransaction(deps, (tx) =>
      sqlOf(tx.em)
        .deleteFrom('api_request')
        .where('id', '<', encodeTime(before.getTime(), TIME_LENGTH))
        .orderBy('id')
        .limit(CHUNK)
        .executeTakeFirstOrThrow(),
    );
    inChunk = Number(numDeletedRows);
  }
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .deleteFrom('api_request_count')
      .where('countedOn', '<', businessDateOf(before, deps.config.timeZone))
      .execute(),
  );
  return purged;
}
