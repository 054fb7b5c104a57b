import assert from 'node:assert/strict';
import { escapeId, type Connection, type RowDataPacket } from 'mysql2/promise';

/** Statements that copy a database, in order, to be run in the new database. */
export type Recipe = readonly string[];

/**
 * Reads the statements that copy a database: tables with their foreign keys and counters, all rows, then triggers and functions.
 *
 * Refuses a template with views or procedures, because they would be missing in the copy.
 */
export async function readRecipe(connection: Connection, template: string): Promise<Recipe> {
  await refuseUncopied(connection, template);
  const tables: string[] = [];
  const rows: string[] = [];
  for (const table of await listNames(connection, tableQuery, template)) {
    tables.push(await showCreate(connection, `TABLE ${qualified(template, table)}`, 'Create Table'));
    rows.push(await copyRows(connection, template, table));
  }
  const triggers: string[] = [];
  for (const trigger of await listNames(connection, triggerQuery, template)) {
    triggers.push(
      await showCreate(connection, `TRIGGER ${qualified(template, trigger)}`, 'SQL Original Statement'),
    );
  }
  const functions: string[] = [];
  for (const name of await listNames(connection, functionQuery, template)) {
    functions.push(await showCreate(connection, `FUNCTION ${qualified(template, name)}`, 'Create Function'));
  }
  return ['SET foreign_key_checks = 0', ...tables, ...rows.filter(Boolean), ...triggers, ...functions];
}

/** Creates a database from a recipe. */
export async function cloneDatabase(connection: Connection, recipe: Recipe, name: string): Promise<void> {
  await connection.query(`CREATE DATABASE ${escapeId(name)}; USE ${escapeId(name)}`);
  // In one round trip, which takes most of the time. Triggers may contain semicolons, because they are whole statements.
  await connection.query(recipe.join(';\n'));
}

const tableQuery = `SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = ? AND table_type = 'BASE TABLE' ORDER BY table_name`;
const triggerQuery = `SELECT trigger_name AS name FROM information_schema.triggers
  WHERE trigger_schema = ? ORDER BY event_object_table, action_timing, event_manipulation, action_order`;
const functionQuery = `SELECT routine_name AS name FROM information_schema.routines
  WHERE routine_schema = ? AND routine_type = 'FUNCTION' ORDER BY routine_name`;
const uncopiedQuery = `SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = ? AND table_type <> 'BASE TABLE'
  UNION ALL SELECT routine_name FROM information_schema.routines WHERE routine_schema = ? AND routine_type <> 'FUNCTION'`;
const columnQuery = `SELECT column_name AS name FROM information_schema.columns
  WHERE table_schema = ? AND table_name = ? AND is_generated = 'NEVER' ORDER BY ordinal_position`;

async function refuseUncopied(connection: Connection, template: string): Promise<void> {
  const names = await listNames(connection, uncopiedQuery, template, template);
  assert.deepEqual(
    names,
    [],
    'cloning copies tables, triggers and functions only; teach it the others first',
  );
}

async function copyRows(connection: Connection, template: string, table: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT 1 FROM ${qualified(template, table)} LIMIT 1`,
  );
  if (rows.length === 0) return '';
  const columns = (await listNames(connection, columnQuery, template, table)).map((name) => escapeId(name));
  return `INSERT INTO ${escapeId(table)} (${columns.join(', ')})
    SELECT ${columns.join(', ')} FROM ${qualified(template, table)}`;
}

async function showCreate(connection: Connection, what: string, column: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(`SHOW CREATE ${what}`);
  const statement: unknown = rows[0]?.[column];
  assert.ok(typeof statement === 'string', `SHOW CREATE ${what} has no ${column}`);
  return statement;
}

async function listNames(connection: Connection, query: string, ...values: string[]): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(query, values);
  return rows.map((row) => String(row['name']));
}

function qualified(database: string, name: string): string {
  return `${escapeId(database)}.${escapeId(name)}`;
}
