import { stringify } from 'csv-stringify/sync';

/** A value of one row and column; null is an empty one. */
export type Cell = string | number | bigint | null;

/**
 * Rows as CSV text, RFC 4180: comma, quotes only where needed, a line feed behind every row, the last too.
 * `protectFormulas` is for files that carry words of strangers and that people open in a spreadsheet: what
 * begins like a formula gets an apostrophe in front. Leave it out where a program reads the file.
 */
export function formatCsv(
  rows: readonly (readonly Cell[])[],
  options: { readonly protectFormulas?: boolean } = {},
): string {
  if (options.protectFormulas)
    return stringify(
      rows.map((row) => [...row]),
      { escape_formulas: true },
    );
  return rows.map(formatRow).join('');
}

/** What has to stand in quotes. */
const SPECIAL = /[",\r\n]/;

/**
 * As csv-stringify writes it, which takes twenty microseconds for a row of invoice details with the garbage it
 * leaves: half the time of a close. This takes one.
 */
function formatRow(row: readonly Cell[]): string {
  let text = '';
  for (const [index, cell] of row.entries()) {
    if (index > 0) text += ',';
    if (typeof cell === 'string') text += SPECIAL.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
    else if (cell !== null) text += String(cell);
  }
  return `${text}\n`;
}
