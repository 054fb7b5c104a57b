import { readConfig } from '../config/config.ts';
import { assertMigrated } from '../config/assert-migrated.ts';
import { migrate } from '../config/migrate.ts';
import type { Deps } from '../src/deps.ts';
import { openDeps } from '../src/open-deps.ts';

/**
 * Connects a command to the database that the environment names; close it at the end. Logs go to standard
 * error: output is for results.
 */
export async function openBatch(): Promise<Deps & { close(): Promise<void> }> {
  const config = readConfig(process.env);
  // In production a release migrates; a developer's first command finds an empty database.
  if (config.mode === 'development') await migrate(config.databaseUrl);
  const deps = await openDeps(config);
  try {
    await assertMigrated(deps.orm);
    return deps;
  } catch (error) {
    await deps.close();
    throw error;
  }
}
