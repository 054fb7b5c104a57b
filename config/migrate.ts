import { parseArgs } from 'node:util';
import { explainCrashes, explainFailure } from '../src/explain-failure.ts';
import { ConfigError } from './config.ts';
import { migrate } from './database/migrate.ts';
import { findDatabaseUrlFaults, readDatabaseUrl } from './database-url.ts';

/** The addresses of owner and service from the environment. Production requires two. */
function readAddresses({ MIGRATION_DATABASE_URL, DATABASE_URL, NODE_ENV }: NodeJS.ProcessEnv) {
  const owner = MIGRATION_DATABASE_URL || (NODE_ENV === 'production' ? undefined : DATABASE_URL);
  if (!owner) {
    throw new ConfigError([
      DATABASE_URL
        ? 'MIGRATION_DATABASE_URL is missing: the address of the user that owns the schema; that of DATABASE_URL reads and writes rows'
        : 'DATABASE_URL is missing',
    ]);
  }
  const faults = [
    ...findDatabaseUrlFaults('MIGRATION_DATABASE_URL', owner),
    ...(DATABASE_URL ? findDatabaseUrlFaults('DATABASE_URL', DATABASE_URL) : []),
  ];
  if (faults.length === 0 && DATABASE_URL) {
    const [one, other] = [readDatabaseUrl(owner).database, readDatabaseUrl(DATABASE_URL).database];
    if (one !== other)
      faults.push(`MIGRATION_DATABASE_URL names the database ${one}, and DATABASE_URL ${other}`);
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return { owner, service: MIGRATION_DATABASE_URL ? DATABASE_URL : undefined };
}

if (import.meta.main) {
  explainCrashes();
  try {
    parseArgs({ args: process.argv.slice(2), options: {} });
    const { owner, service } = readAddresses(process.env);
    const warnings = await migrate(owner, service);
    if (service === undefined) {
      warnings.push(
        'MIGRATION_DATABASE_URL or DATABASE_URL is missing: rights were not looked at; production has a user of its own for each',
      );
    }
    for (const warning of warnings) process.stderr.write(`${warning}.\n`);
    process.stdout.write('The database has the newest schema.\n');
  } catch (error) {
    const isWrongUse = error instanceof TypeError && 'code' in error;
    process.stderr.write(`${isWrongUse ? error.message : explainFailure(error)}\n`);
    process.exitCode = isWrongUse ? 2 : 1;
  }
}
