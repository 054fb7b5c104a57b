import { systemClock } from '../../src/shared/clock.ts';
import { createIds } from '../../src/shared/ids.ts';
import { ConfigError, type Config } from '../config.ts';
import { readDatabaseUrl } from '../database-url.ts';
import { openOrm } from './orm.ts';
import { seedReferenceRows } from './reference-rows.ts';
import { adoptGuards, grantServiceRights } from './schema-owner.ts';

/**
 * Migrates a database to the newest schema and adds the rows the service requires (tariff
 * presets, the carrier's ledger accounts). Safe to run again, and by several processes one after another.
 *
 * `ownerUrl` is of the user that owns the schema. With `serviceUrl`, of the user that reads and writes rows, that user
 * is granted the rights it needs in this database, and loses all others there.
 * @returns what an administrator should fix, one line each.
 * @throws ConfigError if a user lacks a right that it needs.
 */
export async function migrate(ownerUrl: string, serviceUrl?: string): Promise<string[]> {
  // The migrator uses one connection for its own table while statements run on another.
  const orm = await openOrm({ databaseUrl: ownerUrl, poolSize: 2 });
  try {
    await orm.migrator.up();
    await seedReferenceRows({ orm, clock: systemClock, ids: createIds(systemClock) });
  } catch (error) {
    throw explainDenied(error);
  } finally {
    await orm.close();
  }
  await adoptGuards(ownerUrl);
  if (serviceUrl === undefined) return [];
  if (readDatabaseUrl(serviceUrl).user === readDatabaseUrl(ownerUrl).user) return [ONE_USER];
  const excess = await grantServiceRights({ owner: ownerUrl, service: serviceUrl });
  return excess.map((right) => `The user of DATABASE_URL may do more than read and write rows: ${right}`);
}

/** Migrates at each start in development, with the owner's address if there is one. */
export function migrateFor({ databaseUrl, migrationDatabaseUrl }: Config): Promise<string[]> {
  if (migrationDatabaseUrl === undefined) return migrate(databaseUrl);
  return migrate(migrationDatabaseUrl, databaseUrl);
}

const ONE_USER =
  'DATABASE_URL and MIGRATION_DATABASE_URL name one user: the service can remove the triggers that guard its rows';

/** No right to change the schema (1142, 1044, 1227), or to create triggers while the server writes a binary log (1419). */
const DENIED = new Set([1044, 1142, 1227, 1419]);

function explainDenied(error: unknown): unknown {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ('errno' in e && DENIED.has(Number(e.errno)))
      return new ConfigError([`MIGRATION_DATABASE_URL has to name the owner of the schema: ${e.message}`]);
  }
  return error;
}
