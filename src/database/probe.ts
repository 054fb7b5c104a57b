import { setTimeout as wait } from 'node:timers/promises';
import { createConnection, type ConnectionOptions } from 'mysql2';
import type { Orm } from './orm.ts';

/** A connection's settings in its pool. */
interface Pool {
  readonly config: {
    readonly connectionConfig: ConnectionOptions & { clientFlags?: unknown; maxPacketSize?: unknown };
  };
}

/**
 * Returns when the database has answered from its tables, or throws after `timeoutMs`. Uses a connection of its own: an
 * exhausted pool does not mean that the database is down, and a hanging probe must not occupy a connection of the pool.
 * @throws the error of the database or the driver, or an Error after `timeoutMs`.
 */
export async function assertDatabaseAnswers(orm: Orm, timeoutMs: number): Promise<void> {
  const pool = (await orm.em.getConnection().getNativeClient()) as unknown as Pool;
  const { clientFlags: _, maxPacketSize: __, ...options } = pool.config.connectionConfig;
  const connection = createConnection(options);
  // The statement reports the error.
  connection.on('error', () => undefined);
  const asked = new AbortController();
  const silence = wait(timeoutMs, undefined, { ref: false, signal: asked.signal }).then(() => {
    throw new Error(`The database has not answered within ${timeoutMs} ms`);
  });
  try {
    // Reads a table: a node that its cluster has isolated still answers statements without one.
    await Promise.race([connection.promise().query('SELECT 1 FROM tariff LIMIT 1'), silence]);
  } finally {
    asked.abort();
    connection.destroy();
  }
}
