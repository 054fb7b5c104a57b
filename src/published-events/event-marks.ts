import { sql } from 'kysely';
import { encodeTime } from 'ulid';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { afterLook, looks, type Look, type Looked } from './publishing-look.rules.ts';
import type { Start } from './publishing-sources.ts';

const MARK_EVERY_MS = 5_000;
/** Longer than the longest look. */
const KEPT_MS = 5 * 24 * 3_600_000;
const BEGINNING = { eventId: '0', chargeId: '' } as const;

/** Where a look begins, and the newest event there is, which the next mark names. */
export interface LookStart extends Start {
  readonly newestEventId: bigint;
}

/**
 * Where a look begins: at the newest mark that is old enough. A short look without one begins at the oldest mark there is, the
 * longest one at the first event.
 */
export async function findStart(deps: Deps, look: Look, now: Date): Promise<LookStart> {
  const db = sqlOf(emOf(deps));
  const newest = await db.selectFrom('event').select('id').orderBy('id', 'desc').limit(1).executeTakeFirst();
  const newestEventId = BigInt(newest?.id ?? 0);
  const since = new Date(now.getTime() - looks[look].backMs);
  const marks = db.selectFrom('event_mark').select(['takenAt', 'eventId']).limit(1);
  const mark =
    (await marks.where('takenAt', '<=', since).orderBy('takenAt', 'desc').executeTakeFirst()) ??
    (look === 'days' ? undefined : await marks.orderBy('takenAt').executeTakeFirst());
  if (!mark) return { ...BEGINNING, newestEventId };
  // The first characters of an identifier are its time. Identifiers of another process may be some seconds behind.
  const chargesSince = Math.min(mark.takenAt.getTime(), since.getTime());
  return { eventId: String(mark.eventId), chargeId: encodeTime(chargesSince, 10), newestEventId };
}

interface FinishedLook {
  readonly look: Look;
  readonly looked: Looked;
  /** When it began. */
  readonly at: Date;
  readonly newestEventId: bigint;
}

/** Records that a look is finished, and marks where the next ones may begin. */
export async function recordLook(
  deps: Deps,
  { look, looked, at, newestEventId }: FinishedLook,
): Promise<void> {
  const last = await sqlOf(emOf(deps))
    .selectFrom('event_mark')
    .select('takenAt')
    .orderBy('takenAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  const isMarkDue = last === undefined || at.getTime() - last.takenAt.getTime() >= MARK_EVERY_MS;
  if (look === 'newest' && !isMarkDue) return;
  await inTransaction(deps, async (tx) => {
    const db = sqlOf(tx.em);
    if (look !== 'newest')
      await db
        .updateTable('event_publisher')
        .set(afterLook(look, looked, at))
        .where('id', '=', 1)
        .execute();
    if (!isMarkDue) return;
    await db
      .insertInto('event_mark')
      .values({ takenAt: at, eventId: newestEventId })
      .onDuplicateKeyUpdate({ takenAt: sql`taken_at` as never })
      .execute();
    await db
      .deleteFrom('event_mark')
      .where('takenAt', '<', new Date(at.getTime() - KEPT_MS))
      .execute();
  });
}
