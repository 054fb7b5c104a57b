import Table from 'cli-table3';
import type { ItemResult, ListResult } from './command.ts';
import { formatCell, headingOf, isFigure, writeSafely, type Place } from './format-cell.rules.ts';

/** No colours: the output goes to files as well. */
const style = { head: [], border: [], compact: true };

/** A result as people read it: a table, then the notes. */
export function formatTable(result: ListResult | ItemResult, place: Place): string {
  const table =
    'list' in result
      ? formatList(result.shown ?? result.list, result.none, place)
      : formatItem(result.shown ?? result.item, place);
  return [table, ...(result.notes ?? []).map(writeSafely), ''].join('\n');
}

/** A result for programs: the list, or the item with its details. Amounts are numbers, instants ISO 8601. */
export function formatJson(result: ListResult | ItemResult): string {
  const content = 'list' in result ? result.list : { ...result.item, ...result.details };
  return `${JSON.stringify(content, asNumber, 2)}\n`;
}

/** An amount that a double cannot hold stays text. */
function asNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
}

function formatList(rows: readonly object[], none: string, place: Place): string {
  const [first] = rows;
  if (!first) return none;
  const fields = Object.keys(first);
  const colAligns = fields.map((field) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[field]);
    return values.some(isFigure) ? ('right' as const) : ('left' as const);
  });
  const table = new Table({ head: fields.map(headingOf), colAligns, style });
  for (const row of rows)
    table.push(Object.entries(row).map(([name, value]) => formatCell(name, value, place)));
  return table.toString();
}

function formatItem(item: object, place: Place): string {
  const table = new Table({ style });
  for (const [name, value] of Object.entries(item)) {
    table.push([headingOf(name), formatCell(name, value, place)]);
  }
  return table.toString();
}
