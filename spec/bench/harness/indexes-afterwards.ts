import { escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { onDatabase } from './bench-database.ts';

/**
 * Fills a table without its secondary indexes and builds them at once when it is full: row by row, an index larger
 * than the server's memory would be read and written for ever. The table has the same indexes before and after.
 */
export async function indexesAfterwards(
  url: string,
  table: string,
  fill: () => Promise<void>,
): Promise<void> {
  const indexes = await onDatabase(url, (connection) => listIndexes(connection, table));
  const alter = (changes: readonly string[]) =>
    onDatabase(url, (connection) =>
      // An index that a foreign key needs may be dropped only while none is checked.
      connection.query(`SET foreign_key_checks = 0; ALTER TABLE ${escapeId(table)} ${changes.join(', ')}`),
    );
  await alter(indexes.map(({ name }) => `DROP INDEX ${escapeId(name)}`));
  await fill();
  await alter(indexes.map(({ definition }) => `ADD ${definition}`));
}

async function listIndexes(connection: Connection, table: string) {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT index_name AS name, MIN(non_unique) AS repeats, GROUP_CONCAT(CONCAT('\`', column_name, '\`') ORDER BY seq_in_index) AS columns
     FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ? AND index_name <> 'PRIMARY'
     GROUP BY index_name`,
    [table],
  );
  return rows.map((row) => {
    const name = String(row['name']);
    const kind = Number(row['repeats']) === 1 ? 'INDEX' : 'UNIQUE INDEX';
    return { name, definition: `${kind} ${escapeId(name)} (${String(row['columns'])})` };
  });
}
