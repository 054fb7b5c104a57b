import type { Pool, PoolConnection, QueryError } from 'mysql2';

/** Statements about the session itself: after a failure its state is unknown. */
const OF_SESSION = /^(begin|rollback|set)\b/i;

type Done = (error: QueryError | null, ...results: unknown[]) => void;
type Statement = string | { readonly sql: string; readonly timeout: number };
type Query = (statement: Statement, values: unknown, done?: Done) => unknown;

/**
 * Closes a connection on which a transaction could not be started or rolled back, or that could not be prepared; its pool
 * then opens another. The query builder never releases such a connection: each would be lost to the pool, until all callers
 * wait for ever. A lost connection leaves its pool by itself, but a node that is isolated from its cluster keeps its
 * connections and refuses these statements.
 *
 * Also closes a connection whose statement is not answered within `timeoutMs`, which then fails with
 * PROTOCOL_SEQUENCE_TIMEOUT: a server that disappears without closing its connections would block us for 15 minutes.
 */
export function endBrokenSessions(pool: Pool, timeoutMs?: number): void {
  const watched = new WeakSet<PoolConnection>();
  pool.on('acquire', (connection: PoolConnection) => {
    if (watched.has(connection)) return;
    watched.add(connection);
    watch(connection, timeoutMs);
  });
}

function watch(connection: PoolConnection, timeoutMs: number | undefined): void {
  const query = connection.query.bind(connection) as Query;
  const watching = (sql: string, values: unknown, done?: Done) => {
    // Streamed rows are read as fast as their consumer wants them.
    if (!done) return query(sql, values);
    const statement = timeoutMs === undefined ? sql : { sql, timeout: timeoutMs };
    return query(statement, values, (error, ...results) => {
      if (error && (OF_SESSION.test(sql) || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT')) connection.destroy();
      done(error, ...results);
    });
  };
  Object.assign(connection, { query: watching });
}
