import { createWriteStream } from 'node:fs';
import { access, mkdir, opendir, rm } from 'node:fs/promises';
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

/** Makes that folder, and removes what an interrupted rendering left in it. Holds no list: it grows every month. */
export async function openStatementsDir(filesDir: string): Promise<string> {
  const dir = statementsDir(filesDir);
  await mkdir(dir, { recursive: true });
  for await (const { name } of await opendir(dir)) {
    if (name.endsWith(UNFINISHED)) await rm(join(dir, name), { force: true });
  }
  return dir;
}

/** Whether the statement of that company and period is there; one whose name cannot be a file's is not. */
export async function hasStatementFile(
  dir: string,
  { code, billingPeriod }: { readonly code: string; readonly billingPeriod: string },
): Promise<boolean> {
  const name = `${code}-${billingPeriod}.pdf`;
  if (!FILE_NAME.test(name)) return false;
  return await access(join(dir, name)).then(
    () => true,
    () => false,
  );
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
