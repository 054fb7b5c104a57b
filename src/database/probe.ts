import { setTimeout as wait } from 'node:timers/promises';
import { createConnection, type ConnectionOptions } from 'mysql2';
import type { Orm } from './orm.ts';

/** A connection's settings as its pool keeps them; the two are made out of others anew. */
interface Pool {
  readonly config: {
    readonly connectionConfig: ConnectionOptions & { clientFlags?: unknown; maxPacketSize?: unknown };
  };
}

/**
 * Returns when the database has answered from its tables. One that hangs is asked no longer than `timeoutMs`. Asked over
 * a connection of its own: a pool that is used to the full says nothing of the database, and what hangs takes none
 * from it.
 * @throws whatever the database or the driver says, or an Error after `timeoutMs`.
 */
export async function assertDatabaseAnswers(orm: Orm, timeoutMs: number): Promise<void> {
  const pool = (await orm.em.getConnection().getNativeClient()) as unknown as Pool;
  const { clientFlags: _, maxPacketSize: __, ...options } = pool.config.connectionConfig;
  const connection = createConnection(options);
  // The statement tells it.
  connection.on('error', () => undefined);
  const asked = new AbortController();
  const silence = wait(timeoutMs, undefined, { ref: false, signal: asked.signal }).then(() => {
    throw new Error(`The database has not answered within ${timeoutMs} ms`);
  });
  try {
    // Of a table: a node that its cluster has cut off still answers what needs none.
    await Promise.race([connection.promise().query('SELECT 1 FROM tariff LIMIT 1'), silence]);
  } finally {
    asked.abort();
    connection.destroy();
  }
}
