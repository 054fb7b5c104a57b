import { createConnection, escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { readDatabaseUrl } from '../../config/database-url.ts';
import { migrate } from '../../config/database/migrate.ts';
import { DemoRefusal } from './demo-refusal.ts';
import { demoMarks, listTables } from './world-mark.ts';

/** Addresses of the service's user, and of the owner of the schema if that is another user. */
export interface DemoAddresses {
  readonly databaseUrl: string;
  readonly ownerUrl: string | undefined;
}

/**
 * Recreates the schema, empty. A database that holds anything but an earlier demo is left alone.
 * @throws DemoRefusal
 */
export async function recreateDatabase({ databaseUrl, ownerUrl }: DemoAddresses): Promise<void> {
  const connection = await createConnection(readDatabaseUrl(ownerUrl ?? databaseUrl));
  try {
    const tables = await listTables(connection);
    await assertMayBeErased(connection, tables);
    await dropTables(connection, tables);
  } finally {
    await connection.end();
  }
  await (ownerUrl === undefined ? migrate(databaseUrl) : migrate(ownerUrl, databaseUrl));
}

/** A database may be erased if it has no table, no company and no line, or the mark of a demo. */
async function assertMayBeErased(connection: Connection, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const isOurs = ['company', 'line', 'audit_entry'].every((table) => tables.includes(table));
  if (isOurs) {
    const { actor, action } = demoMarks.begin;
    const mark = 'EXISTS (SELECT 1 FROM audit_entry WHERE actor = ? AND action = ?) AS isDemo';
    const [rows] = await connection.query<RowDataPacket[]>(
      `SELECT ${mark}, EXISTS (SELECT 1 FROM company) OR EXISTS (SELECT 1 FROM line) AS isUsed`,
      [actor, action],
    );
    if (rows[0]?.['isDemo'] || !rows[0]?.['isUsed']) return;
  }
  throw new DemoRefusal(
    'The database holds something that no demo has made, and a demo would erase it. ' +
      'Let DATABASE_URL name an empty database for the demo.',
  );
}

async function dropTables(connection: Connection, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  await connection.query('SET FOREIGN_KEY_CHECKS = 0');
  await connection.query(`DROP TABLE ${tables.map((table) => escapeId(table)).join(', ')}`);
  const [functions] = await connection.query<RowDataPacket[]>(
    "SELECT routine_name AS name FROM information_schema.routines WHERE routine_schema = DATABASE() AND routine_type = 'FUNCTION'",
  );
  for (const { name } of functions) await connection.query('DROP FUNCTION ??', [name]);
}
