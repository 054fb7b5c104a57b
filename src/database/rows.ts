import type { Insertable } from 'kysely';
import { queryRows } from './statement-pipeline.ts';
import type { Em } from './orm.ts';
import type { Tables } from './sql.ts';

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
