import type { Pool, PoolConnection, QueryError } from 'mysql2';

/** Statements about the session itself: what they were to bring about is not so, whatever went wrong. */
const OF_SESSION = /^(begin|rollback|set)\b/i;

type Done = (error: QueryError | null, ...results: unknown[]) => void;
type Statement = string | { readonly sql: string; readonly timeout: number };
type Query = (statement: Statement, values: unknown, done?: Done) => unknown;

/**
 * Ends a connection on which a transaction could not be begun or rolled back, or that could not be prepared; its pool
 * then makes another. The query builder never gives back such a connection: without this a pool would have one less
 * each time, until everybody waits for ever. A lost connection leaves its pool by itself, but a node that is cut off
 * from its cluster keeps its connections and refuses these statements.
 *
 * Ends also one whose statement is not answered within `timeoutMs`, which then fails with PROTOCOL_SEQUENCE_TIMEOUT: a
 * server that vanished without a word, as when another takes its place, would keep us waiting for a quarter of an hour.
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
    // Rows that are streamed are read as fast as they are wanted.
    if (!done) return query(sql, values);
    const statement = timeoutMs === undefined ? sql : { sql, timeout: timeoutMs };
    return query(statement, values, (error, ...results) => {
      if (error && (OF_SESSION.test(sql) || error.code === 'PROTOCOL_SEQUENCE_TIMEOUT')) connection.destroy();
      done(error, ...results);
    });
  };
  Object.assign(connection, { query: watching });
}
