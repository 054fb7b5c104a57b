/** Errors of the operating system and the driver: no server, connection closed or lost, or no response in time. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  // of the server: too many connections, shutting down
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED',
]);

/**
 * Errors of a server that temporarily accepts no writes, by number, because the driver has no names for MariaDB's: disk full
 * (1021, 1026, 1114), read-only while it is being replaced (1290, 1836, 1874), connection killed (1927), a commit that
 * was interrupted (1180: the node lost its cluster and does not know whether the others have it).
 */
const NOT_NOW = new Set([1021, 1026, 1114, 1180, 1290, 1836, 1874, 1927]);

/** Whether the database is unreachable or temporarily read-only, as opposed to having refused a statement. */
export function isOutOfReach(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (e instanceof AggregateError && e.errors.some(isOutOfReach)) return true;
    if ('errno' in e && typeof e.errno === 'number' && NOT_NOW.has(e.errno)) return true;
    if ('code' in e && typeof e.code === 'string' && UNREACHABLE.has(e.code) && isOfConnection(e))
      return true;
  }
  return false;
}

/** ENOENT is also a missing file; it means the database only for `connect` on a socket path. */
function isOfConnection(error: Error): boolean {
  return !('syscall' in error) || error.syscall !== 'open';
}
