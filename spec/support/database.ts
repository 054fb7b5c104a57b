import assert from 'node:assert/strict';
import { escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';
import { cloneDatabase, readRecipe, type Recipe } from '../../src/database/clone-database.ts';
import { databaseUrl, getTestServer, onServer, serviceUserOf, type TestServer } from './test-server.ts';

/** A database for one test or one spec file: migrated, with the reference rows of the migrations. */
export interface TestDatabase {
  /** Address for the user of the service, who reads and writes rows. */
  readonly url: string;
  /** Address for the owner of the schema, who may do anything. */
  readonly ownerUrl: string;
  readonly name: string;
  readonly drop: () => Promise<void>;
}

/** Migrates an empty database. */
export type Migrate = (databaseUrl: string) => Promise<void>;

let databasesOfThisProcess = 0;
const recipes = new Map<string, Promise<Recipe>>();

/**
 * Creates a database by cloning the migrated template, which the first caller of a test run creates.
 *
 * @param migrate only tests of this folder pass their own, with a name for their template.
 */
export async function createTestDatabase(
  migrate: Migrate = migrateService,
  templateName = 'service',
): Promise<TestDatabase> {
  const server = await getTestServer();
  databasesOfThisProcess += 1;
  const name = `${server.prefix}${process.pid}_${databasesOfThisProcess}`;
  const recipe = await getRecipe(server, templateName, migrate);
  await onServer(server.url, (connection) => cloneDatabase(connection, recipe, name));
  return {
    url: serviceUrl(server, name),
    ownerUrl: databaseUrl(server.url, name),
    name,
    drop: () => onServer(server.url, (connection) => dropDatabase(connection, name)),
  };
}

function serviceUrl(server: TestServer, name: string): string {
  const url = new URL(databaseUrl(server.url, name));
  const user = serviceUserOf(server);
  url.username = user.name;
  url.password = user.password;
  return url.href;
}

/** A clone is a single round trip, and reading how to make one is another, once per process. */
function getRecipe(server: TestServer, templateName: string, migrate: Migrate): Promise<Recipe> {
  const name = `${server.prefix}template_${templateName}`;
  let recipe = recipes.get(name);
  if (recipe === undefined) {
    recipe = onServer(server.url, (connection) =>
      ensureTemplate(connection, { name, url: databaseUrl(server.url, name), migrate }),
    );
    recipes.set(name, recipe);
  }
  return recipe;
}

interface Template {
  readonly name: string;
  readonly url: string;
  readonly migrate: Migrate;
}

/**
 * The recipe of the template, which is created unless it exists; concurrent spec files wait for the one that creates it. The recipe
 * is kept beside the template: to ask the server for each table takes as long as to make it.
 */
async function ensureTemplate(connection: Connection, template: Template): Promise<Recipe> {
  const [locks] = await connection.query<RowDataPacket[]>('SELECT GET_LOCK(?, 120) AS held', [template.name]);
  assert.equal(Number(locks[0]?.['held']), 1, `another process has been making ${template.name} too long`);
  try {
    const ready = `${template.name}_ready`;
    const kept = await readKept(connection, ready);
    if (kept.length > 0) return kept;
    await connection.query(`${dropOf(template.name)}; CREATE DATABASE ${escapeId(template.name)}`);
    await template.migrate(template.url);
    const recipe = await readRecipe(connection, template.name);
    // Only now, and in one statement: a template whose creation was interrupted is created again.
    await connection.query(`${dropOf(ready)}; CREATE DATABASE ${escapeId(ready)};
      CREATE TABLE ${escapeId(ready)}.recipe (step INT PRIMARY KEY, statement LONGTEXT NOT NULL)`);
    await connection.query(`INSERT INTO ${escapeId(ready)}.recipe (step, statement) VALUES ?`, [
      recipe.map((statement, step) => [step, statement]),
    ]);
    return recipe;
  } finally {
    await connection.query('DO RELEASE_LOCK(?)', [template.name]);
  }
}

async function readKept(connection: Connection, ready: string): Promise<Recipe> {
  const query = "SELECT 1 FROM information_schema.tables WHERE table_schema = ? AND table_name = 'recipe'";
  const [found] = await connection.query<RowDataPacket[]>(query, [ready]);
  if (found.length === 0) return [];
  const steps = `SELECT statement FROM ${escapeId(ready)}.recipe ORDER BY step`;
  const [rows] = await connection.query<RowDataPacket[]>(steps);
  return rows.map((row) => String(row['statement']));
}

async function migrateService(url: string): Promise<void> {
  const { migrate } = await import('../../config/database/migrate.ts');
  await migrate(url);
}

/** A statement of a killed process may still create a file there: the folder is then removed with the server. */
async function dropDatabase(connection: Connection, name: string): Promise<void> {
  try {
    await connection.query(dropOf(name));
  } catch (error) {
    const { errno } = error as { errno?: number };
    if (errno !== FOLDER_NOT_EMPTY) throw error;
  }
}

const FOLDER_NOT_EMPTY = 1010;

function dropOf(name: string): string {
  return `DROP DATABASE IF EXISTS ${escapeId(name)}`;
}
