import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV text, RFC 4180: comma, quotes only where needed, a line feed behind every row, the last too.
 * `protectFormulas` is for files that carry words of strangers and that people open in a spreadsheet: what
 * begins like a formula gets an apostrophe in front. Leave it out where a program reads the file.
 */
export function formatCsv(
  rows: readonly (readonly (string | number | bigint | null)[])[],
  options: { readonly protectFormulas?: boolean } = {},
): string {
  return stringify(
    rows.map((row) => [...row]),
    { escape_formulas: options.protectFormulas ?? false },
  );
}
