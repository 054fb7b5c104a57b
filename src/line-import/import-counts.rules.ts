import type { ArchivedFile } from './archived-files.ts';

/** What the import of a file counted. `read` = the other four. */
export interface ImportCounts {
  readonly read: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
}

const names = ['read', 'added', 'changed', 'unchanged', 'refused'] as const;

/** The counts of an archived file in the facts of the run that read it; none for one that was refused or is not listed there. */
export function countsOfFile(
  facts: Readonly<Record<string, unknown>>,
  { name, date }: Pick<ArchivedFile, 'name' | 'date'>,
): ImportCounts | undefined {
  const entries = Array.isArray(facts['files']) ? (facts['files'] as Record<string, unknown>[]) : [];
  // A copy of the same day has a number behind its name.
  const own = name.slice(date.length + 1);
  const entry =
    entries.find(({ fileName }) => fileName === own) ??
    entries.find(({ fileName }) => fileName === own.replace(/\.\d+$/, ''));
  if (!entry || names.some((count) => typeof entry[count] !== 'number')) return undefined;
  return Object.fromEntries(names.map((count) => [count, entry[count]])) as unknown as ImportCounts;
}
