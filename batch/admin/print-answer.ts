import Table from 'cli-table3';
import type { Answer } from './command.ts';

/** An answer as people read it: a table, then the notes. */
export function formatTable(answer: Answer): string {
  const table = 'list' in answer ? formatList(answer.list) : formatItem(answer.item);
  return [table, ...(answer.notes ?? []).map(clean), ''].join('\n');
}

/** An answer for programs: the list or the item, with the notes beside it when there are some. */
export function formatJson(answer: Answer): string {
  const { notes, details } = answer;
  const content = 'list' in answer ? answer.list : { ...answer.item, ...details, ...(notes && { notes }) };
  return `${JSON.stringify(content, amountsAsText, 2)}\n`;
}

function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

const style = { head: [], border: [], compact: true };

function formatList(items: readonly object[]): string {
  const [first] = items;
  if (!first) return 'Nothing there.';
  const table = new Table({ head: Object.keys(first), style });
  for (const item of items) table.push(Object.values(item).map(formatCell));
  return table.toString();
}

function formatItem(item: object): string {
  const table = new Table({ style });
  for (const [name, value] of Object.entries(item)) table.push([name, formatCell(value)]);
  return table.toString();
}

function formatCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(formatCell).join('\n');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value);
  return clean(`${value as string | number | bigint | boolean}`);
}

/** Text of strangers must not steer the terminal. */
function clean(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
