import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import type { SealedKind } from './sealed-kinds.ts';
import type { Shape } from './seal-content.ts';

type Table = Pick<SealedKind, 'table' | 'index' | 'fixed' | 'mutable'>;

/** The columns of every table, without computed ones, and of its indexes. */
export interface Schema {
  columnsOf(table: string): readonly string[];
  indexOf(table: string, index: string): readonly string[];
}

const namesOf = (rows: readonly { name: string }[] = []) => rows.map(({ name }) => name);

/** Reads the current tables of the database. */
export async function readSchema(em: Em): Promise<Schema> {
  const columns = await queryRows<{ place: string; name: string }>(
    em,
    `SELECT table_name AS place, column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND is_generated = 'NEVER' ORDER BY table_name, ordinal_position`,
    [],
  );
  const indexes = await queryRows<{ place: string; name: string }>(
    em,
    `SELECT CONCAT(table_name, '.', index_name) AS place, column_name AS name FROM information_schema.statistics
     WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index`,
    [],
  );
  const [ofTable, ofIndex] = [columns, indexes].map((rows) => Map.groupBy(rows, ({ place }) => place));
  return {
    columnsOf: (table) => namesOf(ofTable?.get(table)),
    indexOf: (table, index) => namesOf(ofIndex?.get(`${table}.${index}`)),
  };
}

/**
 * The columns of a table that are sealed: all except computed ones and those that may change. A seal stores the list, so
 * columns of later migrations do not affect it. Without columns the table does not exist.
 */
export function shapeOf(
  schema: Schema,
  { table, index = 'PRIMARY', fixed = [], mutable = [] }: Table,
): Shape {
  const ordered = schema.indexOf(table, index);
  const end = index === 'PRIMARY' ? ordered.length : ordered.indexOf('id') + 1;
  return {
    key: ordered.slice(0, end).filter((name) => !fixed.includes(name)),
    columns: schema.columnsOf(table).filter((name) => !mutable.includes(name)),
  };
}

/**
 * A row as text, formatted by the database: its columns as `QUOTE` writes them (NULL as the word, everything else in
 * quotes with escapes), joined by commas. No two rows have the same text, and it does not depend on the session's time
 * zone: instants are stored without one.
 */
export function rowText(columns: readonly string[]): string {
  return `CONCAT_WS(',', ${columns.map((column) => `QUOTE(r.\`${column}\`)`).join(', ')})`;
}
