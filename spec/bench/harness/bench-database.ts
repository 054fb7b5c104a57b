import { createConnection, escapeId, type Connection } from 'mysql2/promise';
import { migrate } from '../../../config/database/migrate.ts';

/** A migrated database of one bench, on the server that DATABASE_URL names. */
export interface BenchDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes databases that end with the run. */
export interface BenchDatabases {
  create(name: string): Promise<BenchDatabase>;
}

/** Databases named `tabane_bench_<process>_<name>`; only those are created and dropped. */
export function benchDatabases(serverUrl: string): BenchDatabases {
  return {
    create: async (name) => {
      const database = `tabane_bench_${process.pid}_${name}`;
      const url = new URL(serverUrl);
      url.pathname = `/${database}`;
      await onDatabase(serverUrl, (connection) => connection.query(`CREATE DATABASE ${escapeId(database)}`));
      await migrate(url.href);
      return {
        url: url.href,
        drop: () =>
          onDatabase(
            serverUrl,
            async (connection) => void (await connection.query(`DROP DATABASE ${escapeId(database)}`)),
          ),
      };
    },
  };
}

/** Runs work on a connection of its own. */
export async function onDatabase<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection({ uri: url, multipleStatements: true, timezone: 'Z' });
  try {
    await connection.query("SET time_zone = '+00:00'");
    return await work(connection);
  } finally {
    await connection.end();
  }
}
