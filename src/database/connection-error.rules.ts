/** Of the operating system and the driver: nobody there, hung up, cut off, or too slow to answer. */
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
 * Of a server that takes no writes for now, by number, because the driver has no names for those of MariaDB: disk full
 * (1021, 1026, 1114), read-only while it is being replaced (1290, 1836, 1874), connection killed (1927), a commit that
 * broke off (1180: a node was cut off from its cluster, and cannot tell whether the others have it).
 */
const NOT_NOW = new Set([1021, 1026, 1114, 1180, 1290, 1836, 1874, 1927]);

/** Whether the database could not be reached or does not write for now, as against having refused a statement. */
export function isOutOfReach(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    if (e instanceof AggregateError && e.errors.some(isOutOfReach)) return true;
    if ('errno' in e && typeof e.errno === 'number' && NOT_NOW.has(e.errno)) return true;
    if ('code' in e && typeof e.code === 'string' && UNREACHABLE.has(e.code) && isOfConnection(e))
      return true;
  }
  return false;
}

/** ENOENT is also a missing file; only of `connect` on a socket path does it mean the database. */
function isOfConnection(error: Error): boolean {
  return !('syscall' in error) || error.syscall !== 'open';
}
