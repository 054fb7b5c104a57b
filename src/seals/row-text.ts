import { queryRows } from '../database/messages.ts';
import type { Em } from '../database/orm.ts';
import type { SealedKind } from './sealed-kinds.ts';
import type { Shape } from './seal-content.ts';

type Table = Pick<SealedKind, 'table' | 'index' | 'fixed' | 'mutable'>;

/**
 * Which columns of a table are sealed now: all but those that may rightly change, computed ones left out. A seal keeps
 * the list, so columns that later migrations add do not touch it. Without columns the table is not there.
 */
export async function readShape(
  em: Em,
  { table, index = 'PRIMARY', fixed = [], mutable = [] }: Table,
): Promise<Shape> {
  const columns = await queryRows<{ name: string }>(
    em,
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = DATABASE() AND table_name = ? AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  const key = await queryRows<{ name: string }>(
    em,
    `SELECT column_name AS name FROM information_schema.statistics
     WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? ORDER BY seq_in_index`,
    [table, index],
  );
  const ordered = key.map(({ name }) => name);
  const end = index === 'PRIMARY' ? ordered.length : ordered.indexOf('id') + 1;
  return {
    key: ordered.slice(0, end).filter((name) => !fixed.includes(name)),
    columns: columns.map(({ name }) => name).filter((name) => !mutable.includes(name)),
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
