import type { Connection } from 'mysql2/promise';
import { onServer } from './test-server.ts';
import type { TestDatabase } from './database.ts';

/** Runs work as the owner of a test's schema: the service's own user can neither change a table nor drop a trigger. */
export function asOwner<T>(
  { ownerUrl }: TestDatabase,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  return onServer(ownerUrl, work);
}

/** Runs one statement as the owner. */
export async function runAsOwner(database: TestDatabase, statement: string): Promise<void> {
  await asOwner(database, (connection) => connection.query(statement));
}
