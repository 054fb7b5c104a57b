import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findStart, recordLook } from './event-marks.ts';
import { numberSources } from './number-sources.ts';
import { dueLook, type Look } from './publishing-look.rules.ts';
import { sources, type Source } from './publishing-sources.ts';

/** Rows looked at with one statement, and numbered in one transaction. */
const CHUNK = 1_000;

interface Publishing {
  readonly stopping?: AbortSignal | undefined;
  /** Called after each chunk: a first look at a large database takes long. */
  readonly progressed?: (() => void) | undefined;
}

/**
 * Gives each event that has been committed and has no number yet its number within its company. Any number of processes may do so at
 * once: a chunk is numbered by one of them, and unique keys refuse a second number. What is interrupted is found by the next pass.
 * It reads without locks what sales write, so sales never wait for it.
 */
export async function publishEvents(
  deps: Deps,
  actor: Actor,
  { stopping, progressed }: Publishing = {},
): Promise<{ published: number }> {
  authorize(actor, 'events:publish');
  const now = deps.clock.now();
  const looked = await readLooked(deps);
  const look: Look = dueLook(looked, now);
  const start = await findStart(deps, look, now);
  let published = 0;
  for (const source of sources(start)) {
    published += await publishFrom(deps, source, { stopping, progressed });
    if (stopping?.aborted) return { published };
  }
  await recordLook(deps, { look, looked, at: now, newestEventId: start.newestEventId });
  return { published };
}

async function readLooked(deps: Deps) {
  return await sqlOf(emOf(deps))
    .selectFrom('event_publisher')
    .select(['lookedMinutesAt', 'lookedHoursAt', 'lookedDaysAt'])
    .where('id', '=', 1)
    .executeTakeFirstOrThrow();
}

async function publishFrom(
  deps: Deps,
  source: Source,
  { stopping, progressed }: Publishing,
): Promise<number> {
  let published = 0;
  let after = source.start;
  for (;;) {
    if (stopping?.aborted) return published;
    const chunk = await source.read(emOf(deps), { after, limit: CHUNK });
    if (chunk.waiting > 0) {
      const from = after;
      published += await inTransaction(deps, async (tx) => {
        // Written first: another publisher waits here, or loses at its commit on another node and looks again.
        await sqlOf(tx.em)
          .updateTable('event_publisher')
          .set(({ eb, ref, lit }) => ({ chunks: eb(ref('chunks'), '+', lit(1) as never) }))
          .where('id', '=', 1)
          .execute();
        const rows = await source.listWaiting(tx.em, { after: from, through: chunk.last!, limit: CHUNK });
        return await numberSources(tx, rows);
      });
    }
    progressed?.();
    if (chunk.last === undefined || chunk.isEnd) return published;
    after = chunk.last;
  }
}
