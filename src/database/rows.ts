import { CompiledQuery, type Insertable } from 'kysely';
import type { Em } from './orm.ts';
import type { Tables } from './sql.ts';

/*
 * Statements of the intake, past the query builder: for many rows it takes longer to put a statement
 * together, and to rename and convert what comes back, than the database takes to run it.
 */

/**
 * Runs one statement; a `?` takes a value or, in brackets, a list. Rows come as the driver gives them: columns
 * under their names in the statement, instants and dates as text, whole numbers as numbers (text past 2^53).
 */
export async function queryRows<Row>(em: Em, text: string, values: readonly unknown[]): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, [...values]));
  return rows as Row[];
}

/**
 * Inserts rows with one statement. All have the members of the first, named as the properties of the table's
 * entity; `otherwise` may follow, e.g. `ON DUPLICATE KEY UPDATE …`.
 */
export async function insertRows<Name extends keyof Tables>(
  em: Em,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
  otherwise = '',
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const properties = Object.keys(first) as (keyof typeof first)[];
  const columns = properties.map((property) => columnOf(String(property)));
  const values = rows.map((row) => properties.map((property) => row[property]));
  await queryRows(em, `INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${otherwise}`, [values]);
}

/** Every column is named like its property, in lower case with underscores. */
function columnOf(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
