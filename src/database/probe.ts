import { once } from 'node:events';
import type { Orm } from './orm.ts';

/** What is asked of a mysql2 pool. */
interface Pool {
  promise(): { getConnection(): Promise<PooledConnection> };
}

interface PooledConnection {
  query(sql: string): Promise<unknown>;
  release(): void;
  destroy(): void;
}

/**
 * Returns when the database has answered from its tables. One that hangs is asked no longer than `patienceMs`, and
 * the connection to it is given up: kept, probe after probe would take one from the pool.
 * @throws whatever the database or the driver says, or an Error after `patienceMs`.
 */
export async function assertDatabaseAnswers(orm: Orm, patienceMs: number): Promise<void> {
  const pool = (await orm.em.getConnection().getNativeClient()) as unknown as Pool;
  const patience = AbortSignal.timeout(patienceMs);
  const silence = once(patience, 'abort').then(() => {
    throw new Error(`The database has not answered within ${patienceMs} ms`);
  });
  await Promise.race([ask(pool, patience), silence]);
}

async function ask(pool: Pool, patience: AbortSignal): Promise<void> {
  const connection = await pool.promise().getConnection();
  const giveUp = () => connection.destroy();
  patience.addEventListener('abort', giveUp);
  try {
    // Of a table: a node that its cluster has cut off still answers what needs none.
    if (!patience.aborted) await connection.query('SELECT 1 FROM tariff LIMIT 1');
  } finally {
    patience.removeEventListener('abort', giveUp);
    connection.release();
  }
}
