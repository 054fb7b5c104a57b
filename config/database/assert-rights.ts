import { findExcessRights } from '../../src/database/grants.rules.ts';
import type { Orm } from '../../src/database/orm.ts';
import { listOwnGrants } from '../../src/database/own-grants.queries.ts';
import { ConfigError, type Config } from '../config.ts';

/**
 * Refuses, in production, a database user that may do more than read and write rows: an attacker who controls the service
 * could otherwise drop the triggers that protect confirmed rows. Development may have one user for everything.
 * @throws ConfigError naming the rights.
 */
export async function assertRights(orm: Orm, { mode }: Pick<Config, 'mode'>): Promise<void> {
  if (mode === 'development') return;
  const excess = findExcessRights(await listOwnGrants(orm.em.fork()));
  if (excess.length === 0) return;
  throw new ConfigError([
    `DATABASE_URL names a user that may do more than read and write rows (${excess.join('; ')}). ` +
      'npm run migrate with MIGRATION_DATABASE_URL, of the owner of the schema, takes away what it has in this database; ' +
      'the rest takes an administrator, or a user of its own',
  ]);
}
