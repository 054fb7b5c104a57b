import { queryRows } from '../database/statement-pipeline.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** How long attempts and finished deliveries are kept for their company to read. */
export const KEPT_DAYS = 30;
export const KEPT_MS = KEPT_DAYS * 24 * 3_600_000;
const CHUNK = 2_000;

/** Oldest first; a delivery's attempts are older than its end. A replay that is under way looks at what was accepted. */
const OLD = [
  'DELETE FROM webhook_attempt WHERE started_at < ? ORDER BY started_at LIMIT ?',
  `DELETE FROM webhook_delivery WHERE finished_at < ?
     AND NOT EXISTS (SELECT 1 FROM webhook_replay r WHERE r.endpoint_id = webhook_delivery.endpoint_id AND r.finished_at IS NULL)
     ORDER BY finished_at LIMIT ?`,
  'DELETE FROM webhook_replay WHERE finished_at < ? ORDER BY finished_at LIMIT ?',
] as const;

/** Removes what companies have had 30 days to read; returns how many rows. It can be run again at any time. */
export async function purgeWebhooks(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - KEPT_MS);
  let purged = 0;
  for (const statement of OLD) {
    for (let inChunk = CHUNK; inChunk === CHUNK; purged += inChunk) {
      inChunk = await inTransaction(deps, async (tx) => {
        await queryRows(tx.em, statement, [before, CHUNK]);
        const [row] = await queryRows<{ count: number }>(tx.em, 'SELECT ROW_COUNT() AS count', []);
        return row?.count ?? 0;
      });
    }
  }
  return purged;
}
