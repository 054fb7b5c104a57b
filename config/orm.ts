import { fileURLToPath } from 'node:url';
import { defineConfig, MikroORM } from '@mikro-orm/mariadb';
import { Migrator } from '@mikro-orm/migrations';
import { entities } from '../src/database/entities.ts';
import { sqlMigrations } from './sql-migrations.ts';

/** Where the reviewed SQL lives. */
const migrationsPath = fileURLToPath(new URL('../migrations', import.meta.url));

interface OrmOptions {
  databaseUrl: string;
  poolSize?: number;
}

/**
 * Options of the ORM for one database. `databaseUrl` is `mariadb://user:password@host:port/name`; a
 * `socketPath` in its query reaches a server on a unix socket. Instants travel as UTC.
 */
export function ormOptions({ databaseUrl, poolSize = 10 }: OrmOptions) {
  const url = new URL(databaseUrl);
  const socketPath = url.searchParams.get('socketPath');
  return defineConfig({
    entities: [...entities],
    dbName: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ...(socketPath ? {} : { host: url.hostname, port: Number(url.port || 3306) }),
    driverOptions: {
      ...(socketPath ? { socketPath } : {}),
      connectTimeout: 5000,
      enableKeepAlive: true,
      // pipelined statements of several people sharing one connection never happen: the pool owns it
      maxIdle: poolSize,
    },
    pool: { min: 0, max: poolSize },
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

/** Connects the ORM to a database. Close it with `orm.close()`. */
export function openOrm(options: OrmOptions) {
  return MikroORM.init(ormOptions(options));
}
