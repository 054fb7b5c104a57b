import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renderStatement } from '../../templates/statement/statement.ts';
import type { Statement } from '../../templates/statement/statement.types.ts';
import { replaceDurably, UNFINISHED } from '../shared/durable-file.ts';

/** Where a statement is written. */
export interface StatementFile {
  readonly dir: string;
  readonly name: string;
}

const FILE_NAME = /^[A-Za-z0-9][\w.-]*\.pdf$/;

/** Folder of the statements below the folder of files. */
export function statementsDir(filesDir: string): string {
  return join(filesDir, 'statements');
}

/** Name of a company's statement: `company-1-2026-05.pdf`. Throws for a code that is no file name. */
export function statementFileName(companyCode: string, billingPeriod: string): string {
  const name = `${companyCode}-${billingPeriod}.pdf`;
  if (!FILE_NAME.test(name)) throw new Error(`company code ${companyCode} cannot name a file`);
  return name;
}

/** The statements that are there; what an interrupted rendering left behind is removed. */
export async function listStatementFiles(dir: string): Promise<Set<string>> {
  await mkdir(dir, { recursive: true });
  const names = await readdir(dir);
  const unfinished = names.filter((name) => name.endsWith(UNFINISHED));
  await Promise.all(unfinished.map((name) => rm(join(dir, name), { force: true })));
  return new Set(names.filter((name) => FILE_NAME.test(name)));
}

/** Renders a statement into a file that is either complete and on disk, or not there. */
export function writeStatementFile(
  { dir, name }: StatementFile,
  statement: Statement,
): Promise<{ pages: number }> {
  return replaceDurably(join(dir, name), (unfinished) =>
    renderStatement(statement, createWriteStream(unfinished, { flush: true })),
  );
}
