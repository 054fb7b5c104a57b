import { explainFailure } from '../src/explain-failure.ts';
import { openOrm } from './orm.ts';
import { seedReferenceRows } from './reference-rows.ts';
import { developmentDefaults } from './development.ts';

/**
 * Brings a database to the newest schema and adds the rows the service cannot be without (tariff
 * presets, the carrier's ledger accounts). Safe to run again, and by several processes one after another.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  // The migrator holds one connection for its bookkeeping while statements run on another.
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  try {
    await orm.migrator.up();
    await seedReferenceRows(orm.em.fork());
  } finally {
    await orm.close();
  }
}

if (import.meta.main) {
  try {
    await migrate(process.env['DATABASE_URL'] ?? developmentDefaults['DATABASE_URL'] ?? '');
    process.stdout.write('The database has the newest schema.\n');
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  }
}
