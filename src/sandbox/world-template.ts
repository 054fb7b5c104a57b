import { createHash } from 'node:crypto';
import { createConnection, escapeId } from 'mysql2/promise';
import type { Config } from '../../config/config.ts';
import { readDatabaseUrl } from '../../config/database-url.ts';
import { assertSameBillingSettings } from '../../config/database/assert-same-billing-settings.ts';
import { migrate } from '../../config/database/migrate.ts';
import { openOrm } from '../../config/database/orm.ts';
import { cloneDatabase, readRecipe, type Recipe } from '../database/clone-database.ts';
import { migrationsPath, sqlMigrations } from '../database/sql-migrations.ts';
import type { Deps } from '../deps.ts';
import { systemClock } from '../shared/clock.ts';
import { createIds } from '../shared/ids.ts';
import { magicPersons } from './magic-persons.ts';
import type { Registry } from './registry.ts';
import { seedPersons } from './seed-persons.ts';

/** A template takes as long as all migrations. */
const TEMPLATE_TIMEOUT_SECONDS = 300;

/** The newest migration of this release: worlds of an older one are migrated before their next use. */
export function newestMigration(): string {
  return sqlMigrations(migrationsPath).at(-1)?.name ?? '';
}

/** Copies the template to the database of a world, in one message to the server. */
export async function cloneTemplate(registry: Registry, recipe: Recipe, worldId: string): Promise<void> {
  const { database, ...server } = readDatabaseUrl(registry.databaseUrlOf(worldId));
  const connection = await createConnection({ ...server, multipleStatements: true });
  try {
    await cloneDatabase(connection, recipe, database);
  } finally {
    connection.destroy();
  }
}

/**
 * The statements that make a world: tables, reference rows, triggers and the magic persons. The first process that asks makes the
 * template, and the others wait; the statements are kept in the registry.
 */
export async function getRecipe(
  registry: Registry,
  deps: Pick<Deps, 'config' | 'log' | 'documents'>,
): Promise<Recipe> {
  const version = templateVersion(deps.config);
  const kept = await readKept(registry, version);
  if (kept.length > 0) return kept;
  const lock = `${registry.name}_template`;
  return registry.onConnection(async (query) => {
    const [held] = await query('SELECT GET_LOCK(?, ?) AS held', [lock, TEMPLATE_TIMEOUT_SECONDS]);
    if (Number(held?.['held']) !== 1)
      throw new Error('another process has been making the template of the sandboxes too long');
    const meanwhile = await readKept(registry, version);
    if (meanwhile.length > 0) return meanwhile;
    const recipe = await makeTemplate(registry, deps, version);
    const steps = recipe.map((statement, step) => [version, step, statement]);
    await query(`INSERT INTO ${registry.table('recipe')} (schema_version, step, statement) VALUES ?`, [
      steps,
    ]);
    return recipe;
  });
}

async function makeTemplate(
  registry: Registry,
  { config, log, documents }: Pick<Deps, 'config' | 'log' | 'documents'>,
  version: string,
): Promise<Recipe> {
  const id = `template_${version.slice(-8)}`;
  const name = registry.databaseOf(id);
  const databaseUrl = registry.databaseUrlOf(id);
  await registry.query(`DROP DATABASE IF EXISTS ${escapeId(name)}`);
  await registry.query(`CREATE DATABASE ${escapeId(name)}`);
  await migrate(databaseUrl);
  const orm = await openOrm({ databaseUrl, poolSize: 1 });
  try {
    await assertSameBillingSettings(orm, { ...config, mode: 'development' });
    await seedPersons({ orm, config, log, documents, clock: systemClock, ids: createIds(systemClock) });
  } finally {
    await orm.close();
  }
  const connection = await createConnection(readDatabaseUrl(databaseUrl));
  try {
    return await readRecipe(connection, name);
  } finally {
    connection.destroy();
  }
}

/** Changes with all that a template is made of. */
function templateVersion({ timeZone, currency }: Config): string {
  const made = JSON.stringify([
    magicPersons,
    timeZone,
    currency,
    sqlMigrations(migrationsPath).map(({ name }) => name),
  ]);
  return `${newestMigration()}-${createHash('sha256').update(made).digest('hex').slice(0, 8)}`;
}

async function readKept(registry: Registry, version: string): Promise<Recipe> {
  const steps = `SELECT statement FROM ${registry.table('recipe')} WHERE schema_version = ? ORDER BY step`;
  return (await registry.query(steps, [version])).map((row) => String(row['statement']));
}
