import assert from 'node:assert/strict';
import type { Deps } from '../../src/deps.ts';

interface Connection {
  query(...words: unknown[]): unknown;
}

interface Pool {
  on(event: 'acquire', listener: (connection: Connection) => void): void;
  off(event: 'acquire', listener: (connection: Connection) => void): void;
}

const counted = new WeakSet<Connection>();
let count = 0;

/** How many statements the database gets for something, transactions included. Nothing else may run meanwhile. */
export async function countStatements(deps: Deps, work: () => Promise<unknown>): Promise<number> {
  const pool = (await deps.orm.em.getConnection().getNativeClient()) as unknown as Pool;
  pool.on('acquire', countQueries);
  count = 0;
  try {
    await work();
  } finally {
    pool.off('acquire', countQueries);
  }
  assert.ok(count > 3, 'statements were counted');
  return count;
}

function countQueries(connection: Connection): void {
  if (counted.has(connection)) return;
  counted.add(connection);
  const query = connection.query.bind(connection);
  connection.query = (...words) => {
    count += 1;
    return query(...words);
  };
}
