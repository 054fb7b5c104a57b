import { parseArgs } from 'node:util';
import { explainCrashes, explainFailure } from '../src/explain-failure.ts';
import { ConfigError } from './config.ts';
import { openOrm } from './orm.ts';
import { seedReferenceRows } from './reference-rows.ts';

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
  explainCrashes();
  try {
    parseArgs({ args: process.argv.slice(2), options: {} });
    const databaseUrl = process.env['DATABASE_URL'];
    if (!databaseUrl) throw new ConfigError(['DATABASE_URL is missing']);
    await migrate(databaseUrl);
    process.stdout.write('The database has the newest schema.\n');
  } catch (error) {
    const isWrongUse = error instanceof TypeError && 'code' in error;
    process.stderr.write(`${isWrongUse ? error.message : explainFailure(error)}\n`);
    process.exitCode = isWrongUse ? 2 : 1;
  }
}
