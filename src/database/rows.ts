import type { Insertable } from 'kysely';
import { nothingToWrite, writeStatement, type Statement } from './statement.ts';
import type { Tables } from './sql.ts';

/**
 * Inserts rows with one statement. All have the members of the first, named like the properties of the table's
 * entity; `otherwise` is appended, e.g. `ON DUPLICATE KEY UPDATE …`.
 */
export function insertRows<Name extends keyof Tables>(
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
  otherwise = '',
): Statement<void> {
  const [first] = rows;
  if (!first) return nothingToWrite;
  const properties = Object.keys(first) as (keyof typeof first)[];
  const columns = properties.map((property) => columnOf(String(property)));
  const values = rows.map((row) => properties.map((property) => row[property]));
  return writeStatement(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${otherwise}`, [values]);
}

/** Every column is named like its property, in lower case with underscores. */
function columnOf(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
