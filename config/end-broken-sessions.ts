import type { Pool, PoolConnection, QueryError } from 'mysql2';

/** Statements about the session itself: what they were to bring about is not so, whatever went wrong. */
const OF_SESSION = /^(begin|rollback|set)\b/i;

type Done = (error: QueryError | null, ...results: unknown[]) => void;
type Query = (statement: string, values: unknown, done?: Done) => unknown;

/**
 * Ends a connection on which a transaction could not be begun or rolled back, or that could not be prepared; its pool
 * then makes another. The query builder never gives back such a connection: without this a pool would have one less
 * each time, until everybody waits for ever. A lost connection leaves its pool by itself, but a node that is cut off
 * from its cluster keeps its connections and refuses these statements.
 */
export function endBrokenSessions(pool: Pool): void {
  const watched = new WeakSet<PoolConnection>();
  pool.on('acquire', (connection: PoolConnection) => {
    if (watched.has(connection)) return;
    watched.add(connection);
    watch(connection);
  });
}

function watch(connection: PoolConnection): void {
  const query = connection.query.bind(connection) as Query;
  const watching: Query = (statement, values, done) => {
    if (!done || !OF_SESSION.test(statement)) return query(statement, values, done);
    return query(statement, values, (error, ...results) => {
      if (error) connection.destroy();
      done(error, ...results);
    });
  };
  Object.assign(connection, { query: watching });
}
