import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { isLineFileName } from './inbox-names.rules.ts';
import type { InboxFolders } from './line-folders.ts';
import type { RefusedRow } from './refused-rows.rules.ts';

/** A file that waits for the next import. */
export interface WaitingFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly arrivedAt: Date;
}

/** A file that was read, by the name under which it is archived: its date and its own name. */
export interface ArchivedFile {
  readonly name: string;
  /** The business date of the import. */
  readonly date: string;
  /** `refused`: nothing of it was imported. */
  readonly outcome: 'done' | 'refused';
  /** Rows of it were refused. */
  readonly hasErrors: boolean;
}

const ARCHIVED_NAME = /^(\d{4}-\d{2}-\d{2})-/;

/** The line files of the inbox, in the order in which they are imported. */
export async function listWaitingFiles({ inbox }: InboxFolders): Promise<WaitingFile[]> {
  const names = (await readdir(inbox)).filter(isLineFileName).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const file = await stat(join(inbox, name)).catch(() => undefined);
      return file?.isFile() ? [{ name, size: file.size, arrivedAt: file.mtime }] : [];
    }),
  );
  return found.flat();
}

/** The files that were read, the newest first. */
export async function listArchivedFiles({ done, refused, errors }: InboxFolders): Promise<ArchivedFile[]> {
  const withErrors = new Set(await readdir(errors));
  const of = async (folder: string, outcome: ArchivedFile['outcome']) =>
    (await readdir(folder)).flatMap((name): ArchivedFile[] => {
      const [, date] = ARCHIVED_NAME.exec(name) ?? [];
      return date === undefined ? [] : [{ name, date, outcome, hasErrors: withErrors.has(name) }];
    });
  const files = [...(await of(done, 'done')), ...(await of(refused, 'refused'))];
  return files.sort((a, b) => (a.name < b.name ? 1 : -1));
}

/** The first refused rows of a file, in the order of the file; one more than `limit` says that there are more. */
export async function readRefusedRows(
  { errors }: InboxFolders,
  name: string,
  limit: number,
): Promise<RefusedRow[]> {
  const rows: RefusedRow[] = [];
  const source = createReadStream(join(errors, name));
  const records = parse({ from_line: 2, relax_column_count: true });
  // A pipe does not pass errors on: a file that cannot be opened would end the process.
  source.on('error', (error) => records.destroy(error));
  source.pipe(records);
  try {
    for await (const [row, line, code, reason] of records as AsyncIterable<string[]>) {
      rows.push({ row: Number(row), line: Number(line), code: code ?? '', reason: reason ?? '' });
      if (rows.length >= limit) break;
    }
  } finally {
    source.destroy();
  }
  return rows.sort((a, b) => a.row - b.row);
}
