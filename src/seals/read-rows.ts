import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import { prefetch } from '../shared/prefetch.ts';
import { rowText } from './row-text.ts';
import type { Shape } from './seal-content.ts';
import type { Part } from './sealed-kinds.ts';

/** Rows per page: some megabytes; two pages are in memory. */
const PAGE = 10_000;

/** A row as sealed. */
export interface RowText {
  readonly keyText: string;
  readonly rowText: string;
  /** Value of the kind's `note`. */
  readonly note?: string;
}

/** Which rows, and the columns of their text. */
export interface Rows {
  readonly part: Part;
  readonly shape: Shape;
  readonly note?: string | undefined;
}

type Row = RowText & Readonly<Record<string, string | number | null>>;

/** The rows of a part of a table in the order of their keys, page by page by the key. */
export function readRows(em: Em, rows: Rows): AsyncGenerator<readonly RowText[]> {
  return prefetch(readPages(em, rows));
}

async function* readPages(em: Em, { part: { from, where, values }, shape: { key, columns }, note }: Rows) {
  const cursor = key.map((column, index) => `r.\`${column}\` AS k${index}`).join(', ');
  const select = `SELECT ${cursor}, ${rowText(key)} AS keyText, ${rowText(columns)} AS rowText${note === undefined ? '' : `, ${note} AS note`}
    FROM ${from} WHERE ${where}`;
  const order = `ORDER BY ${key.map((column) => `r.\`${column}\``).join(', ')} LIMIT ${PAGE}`;
  let after: unknown[] | undefined;
  for (;;) {
    const next = after ? ` AND ${afterKey(key)}` : '';
    const bound = after ? repeat(after) : [];
    const rows: readonly Row[] = await queryRows<Row>(em, `${select}${next} ${order}`, [...values, ...bound]);
    if (rows.length > 0) yield rows as readonly RowText[];
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = key.map((_, index) => last[`k${index}`]);
  }
}

/** Condition for the rows after a key, which lets the database use the index from the first column: `a >= ? AND (a > ? OR (b >= ? AND …))`. */
function afterKey([first = '', ...others]: readonly string[]): string {
  const column = `r.\`${first}\``;
  return others.length === 0
    ? `${column} > ?`
    : `${column} >= ? AND (${column} > ? OR (${afterKey(others)}))`;
}

/** The values for `afterKey`: each but the last occurs twice. */
function repeat(key: readonly unknown[]): unknown[] {
  return key.flatMap((value, index) => (index === key.length - 1 ? [value] : [value, value]));
}
