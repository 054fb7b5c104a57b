import type { Orm } from '../../src/database/orm.ts';

/** The schema of the database is that of an older release, so a process must not work on it. */
export class OutdatedSchema extends Error {
  override readonly name = 'OutdatedSchema';
}

/**
 * Refuses a database that lacks migrations of this release: some statements would fail on it.
 * @throws OutdatedSchema
 */
export async function assertMigrated(orm: Orm): Promise<void> {
  const pending = await orm.migrator.getPending();
  if (pending.length === 0) return;
  const names = pending.map(({ name }) => name).join(', ');
  throw new OutdatedSchema(`The database has an older schema; run npm run migrate. It lacks: ${names}`);
}
