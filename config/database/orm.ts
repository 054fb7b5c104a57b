import { defineConfig, MikroORM } from '@mikro-orm/mariadb';
import { Migrator } from '@mikro-orm/migrations';
import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { entities } from '../../src/entities.ts';
import { readDatabaseUrl } from '../database-url.ts';
import { endBrokenSessions } from './end-broken-sessions.ts';
import { migrationsPath, sqlMigrations } from '../../src/database/sql-migrations.ts';

interface OrmOptions {
  databaseUrl: string;
  poolSize?: number;
  /** Time limit of a statement; unlimited by default, which batches need. */
  timeoutMs?: number;
}

/** Silence before the system probes the other end; it gives up ten seconds later. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * Options of the ORM for one database; `readDatabaseUrl` parses the address. Instants are sent as UTC.
 */
function ormOptions({ databaseUrl, poolSize = 10 }: OrmOptions) {
  const { user, password, database, host, port, socketPath, ssl } = readDatabaseUrl(databaseUrl);
  return defineConfig({
    entities: [...entities],
    dbName: database,
    user,
    password,
    ...(socketPath ? {} : { host, port }),
    driverOptions: {
      ...(socketPath ? { socketPath } : {}),
      ...(ssl ? { ssl } : {}),
      connectTimeout: 5000,
      enableKeepAlive: true,
      keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
      maxIdle: poolSize,
    },
    // A wrong database name must fail, not create a database.
    ensureDatabase: false,
    // The intake sends several statements in one message (src/database/statement-pipeline.ts).
    multipleStatements: true,
    pool: { min: 0, max: poolSize },
    onCreateConnection: prepareSession,
    timezone: '+00:00',
    charset: 'utf8mb4',
    extensions: [Migrator],
    migrations: {
      migrationsList: sqlMigrations(migrationsPath),
      tableName: 'migration',
      snapshot: false,
      silent: true,
    },
  });
}

/**
 * READ COMMITTED, so that a batch that reads captured charges never blocks the intake with gap locks; strict mode, so that
 * values are never truncated; a lock wait timeout shorter than a client's; on a cluster a transaction starts with everything
 * that was committed before on any node, so that processes read what another has confirmed.
 */
async function prepareSession(reserved: unknown): Promise<void> {
  const connection = reserved as DatabaseConnection;
  await connection.executeQuery(CompiledQuery.raw('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED'));
  await connection.executeQuery(
    CompiledQuery.raw(
      "SET sql_mode = 'TRADITIONAL', time_zone = '+00:00', innodb_lock_wait_timeout = 10, wsrep_sync_wait = 1",
    ),
  );
}

/** Connects the ORM to a database. Close it with `orm.close()`. @throws the error of the database or of the connection. */
export async function openOrm(options: OrmOptions) {
  const orm = await MikroORM.init(ormOptions(options));
  // The query builder works only once the pool exists.
  await orm.connect();
  const connection = orm.em.getConnection();
  endBrokenSessions(await connection.getNativeClient(), options.timeoutMs);
  // Reports a wrong address or name now.
  const reached = await connection.checkConnection();
  if (reached.ok) return orm;
  await orm.close();
  throw reached.error ?? new Error(reached.reason);
}
