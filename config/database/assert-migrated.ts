import type { Orm } from '../../src/database/orm.ts';

/** Why a process must not work on a database: its schema is that of an older release. */
export class SchemaBehind extends Error {
  override readonly name = 'SchemaBehind';
}

/**
 * Refuses a database that lacks migrations of this release: some statements would work on it, and others not.
 * @throws SchemaBehind
 */
export async function assertMigrated(orm: Orm): Promise<void> {
  const pending = await orm.migrator.getPending();
  if (pending.length === 0) return;
  const names = pending.map(({ name }) => name).join(', ');
  throw new SchemaBehind(`The database has an older schema; run npm run migrate. It lacks: ${names}`);
}
