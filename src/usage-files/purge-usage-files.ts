import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

const DAY_MS = 24 * 3_600_000;
/** How long the result of a file is kept. The file itself stays, so that it is never charged again. */
export const KEPT_DAYS = 90;
const CHUNK = 5_000;
const FILES = 20;

/** Removes the rows of files that finished long ago, and bytes that became no file; returns how many rows. It can be run again at any time. */
export async function purgeUsageFiles(deps: Deps): Promise<number> {
  const now = deps.clock.now().getTime();
  await removeAll(
    deps,
    `DELETE FROM usage_file_piece WHERE arrived_at < ?
       AND NOT EXISTS (SELECT 1 FROM usage_file f WHERE f.id = usage_file_piece.file_id) ORDER BY arrived_at LIMIT 20`,
    { values: [new Date(now - DAY_MS)], limit: 20 },
  );
  let purged = 0;
  for (;;) {
    const files = await sqlOf(emOf(deps))
      .selectFrom('usage_file')
      .select('id')
      .where('rowsPurgedAt', 'is', null)
      .where('finishedAt', '<', new Date(now - KEPT_DAYS * DAY_MS))
      .limit(FILES)
      .execute();
    if (files.length === 0) return purged;
    for (const { id } of files) purged += await purgeRows(deps, id);
  }
}

async function purgeRows(deps: Deps, id: string): Promise<number> {
  const statement = `DELETE FROM usage_file_row WHERE file_id = ? ORDER BY number LIMIT ${CHUNK}`;
  const removed = await removeAll(deps, statement, { values: [id], limit: CHUNK });
  await inTransaction(deps, (tx) =>
    sqlOf(tx.em)
      .updateTable('usage_file')
      .set({ rowsPurgedAt: tx.clock.now() })
      .where('id', '=', id)
      .execute(),
  );
  return removed;
}

interface Removal {
  readonly values: readonly unknown[];
  /** Of the statement. */
  readonly limit: number;
}

async function removeAll(deps: Deps, statement: string, { values, limit }: Removal): Promise<number> {
  let removed = 0;
  for (let inChunk = limit; inChunk === limit; removed += inChunk) {
    inChunk = await inTransaction(deps, async (tx) => {
      await queryRows(tx.em, statement, values);
      const [row] = await queryRows<{ count: number }>(tx.em, 'SELECT ROW_COUNT() AS count', []);
      return row?.count ?? 0;
    });
  }
  return removed;
}
