import { OutdatedSchema } from '../config/database/assert-migrated.ts';
import { ConfigError } from '../config/config.ts';
import { isOutOfReach } from './database/connection-error.rules.ts';
import { describeError, explainError } from './shared/describe-error.rules.ts';

/** Of a database server that responds and refuses the connection. */
const NOT_LET_IN = new Set(['ER_ACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR', 'ER_DBACCESS_DENIED_ERROR']);

/**
 * Why a process did not start or had to end, in words where the reason is one that the operator can mend. What it prints may
 * end in a log: of a fault it has what and where, but no rows.
 */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof OutdatedSchema) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}: something else listens there; choose another PORT or METRICS_PORT.`;
  }
  const notLetIn = causesOf(error).find((e) => 'code' in e && NOT_LET_IN.has(String(e.code)));
  if (notLetIn) return `${notLetIn.message}: see DATABASE_URL.`;
  const notTrusted = causesOf(error).find((e) => 'code' in e && isOfTls(String(e.code)));
  if (notTrusted) return `${notTrusted.message}: see ssl-ca in DATABASE_URL or MIGRATION_DATABASE_URL.`;
  if (error instanceof Error && isOutOfReach(error))
    return `The database cannot be reached: ${reasonsOf(error).join('; ')}`;
  return error instanceof Error ? explainError(error) : describeError(error).message;
}

/** A certificate of the database that is not trusted, another host's, out of date; or a server without TLS. */
function isOfTls(code: string): boolean {
  return /CERT|^ERR_TLS|^ERR_SSL|UNABLE_TO_|HANDSHAKE/.test(code);
}

function causesOf(error: unknown): Error[] {
  return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** A name with several addresses fails at each of them; the error itself has no message. */
function reasonsOf(error: Error): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(reasonsOf);
  return error.message === '' && error.cause instanceof Error ? reasonsOf(error.cause) : [error.message];
}

/** Explains a fault that nobody caught, and ends the process: Node would print the error with the statement and its values. */
export function explainCrashes(): void {
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exit(1);
  });
}
