import { setTimeout } from 'node:timers/promises';
import { escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { onDatabase } from './bench-database.ts';

const PURGE_LIMIT_MS = 120_000;

/**
 * Waits until the server has finished its background work: changed pages of this database are on the disk, and
 * old versions of rows are purged. Otherwise the next measurement would include the cost of the one before, and the more so
 * the smaller it is. The server is asked, never guessed at; nothing of its settings is changed.
 */
export async function settleServer(url: string): Promise<void> {
  await onDatabase(url, async (connection) => {
    await awaitPurge(connection);
    const [tables] = await connection.query<RowDataPacket[]>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
    );
    const names = tables.map((table) => escapeId(String(table['name']))).join(', ');
    // What makes a table ready to be copied as a file writes every one of its changed pages first.
    await connection.query(`FLUSH TABLES ${names} FOR EXPORT; UNLOCK TABLES`);
  });
}

async function awaitPurge(connection: Connection): Promise<void> {
  const deadline = performance.now() + PURGE_LIMIT_MS;
  for (;;) {
    const [[row]] = await connection.query<RowDataPacket[]>(
      "SHOW GLOBAL STATUS LIKE 'Innodb_history_list_length'",
    );
    if (Number(row?.['Value']) === 0) return;
    if (performance.now() > deadline) throw new Error(`the purge has not ended: ${JSON.stringify(row)}`);
    await setTimeout(50);
  }
}
