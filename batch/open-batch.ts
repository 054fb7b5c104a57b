import { readConfig, type Config } from '../config/config.ts';
import { assertMigrated } from '../config/database/assert-migrated.ts';
import { assertRights } from '../config/database/assert-rights.ts';
import { assertSameBillingSettings } from '../config/database/assert-same-billing-settings.ts';
import { migrateFor } from '../config/database/migrate.ts';
import type { Deps } from '../src/deps.ts';
import { openCommandLog } from './cli/command-log.ts';
import { openDeps } from '../src/open-deps.ts';
import { systemClock, type Clock } from '../src/shared/clock.ts';

/**
 * Connects a command to the database that the environment names; close it at the end. The log goes to
 * standard error or, at a terminal, to a file: output is for results.
 */
export async function openBatch(): Promise<Deps & { close(): Promise<void> }> {
  const said = readConfig(process.env);
  const { config, clock } =
    said.mode === 'development' ? await enterWorld(said) : { config: said, clock: systemClock };
  const log = openCommandLog(config, { isTerminal: process.stderr.isTTY });
  const deps = await openDeps(config, clock, log);
  try {
    await assertRights(deps.orm, config);
    await assertMigrated(deps.orm);
    await assertSameBillingSettings(deps.orm, config);
    return deps;
  } catch (error) {
    await deps.close();
    throw error;
  }
}

/**
 * Migrates in development, where the first command finds an empty database; in production each release does. A demo's world
 * has a date of its own: a night by the system clock would close the months in between for good.
 */
async function enterWorld(config: Config): Promise<{ config: Config; clock: Clock }> {
  await migrateFor(config);
  const { findWorldMark, worldClock } = await import('./demo/world-mark.ts');
  const mark = await findWorldMark(config.databaseUrl);
  if (!mark) return { config, clock: systemClock };
  const filesDir = process.env['FILES_DIR'] || mark.out;
  return { config: { ...config, filesDir }, clock: worldClock(mark) };
}
