import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import type { SealedKind } from './sealed-kinds.ts';
import type { Shape } from './seal-content.ts';

type Table = Pick<SealedKind, 'table' | 'index' | 'fixed' | 'mutable'>;

/** The columns of every table, computed ones left out, and of its indexes. */
export interface Schema {
  columnsOf(table: string): readonly string[];
  indexOf(table: string, index: string): readonly string[];
}

const namesOf = (rows: readonly { name: string }[] = []) => rows.map(({ name }) => name);

/** Reads what the tables of the database look like now. */
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
 * Which columns of a table are sealed now: all but those that may rightly change, computed ones left out. A seal keeps
 * the list, so columns that later migrations add do not touch it. Without columns the table is not there.
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
 * A row as text, by the database itself: its columns as `QUOTE` writes them (NULL as the word, everything else in
 * quotes with escapes), joined by commas. No two rows share a text, and none depends on the session's time zone: instants
 * are kept without one.
 */
export function rowText(columns: readonly string[]): string {
  return `CONCAT_WS(',', ${columns.map((column) => `QUOTE(r.\`${column}\`)`).join(', ')})`;
}
