import { createWriteStream } from 'node:fs';
import { access, mkdir, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renderStatement } from '../../templates/statement/statement.ts';
import type { Statement } from '../../templates/statement/statement.types.ts';
import { Problem } from '../shared/problem.ts';
import { hashFile, replaceDurably, UNFINISHED } from '../shared/durable-file.ts';

/** Where a statement is written. */
export interface StatementFile {
  readonly dir: string;
  readonly name: string;
  /** Checksum of the issued statement, if any: other bytes are not written. */
  readonly expected?: string | undefined;
}

/** What was written. */
export interface WrittenStatement {
  readonly pages: number;
  readonly checksum: string;
}

const FILE_NAME = /^[A-Za-z0-9][\w.-]*\.pdf$/;

/** Folder of the statements below `FILES_DIR`. */
export function statementsDir(filesDir: string): string {
  return join(filesDir, 'statements');
}

/** Name of a company's statement: `company-1-2026-05.pdf`. Throws for a code that is no file name. */
export function statementFileName(companyCode: string, billingPeriod: string): string {
  const name = `${companyCode}-${billingPeriod}.pdf`;
  if (!FILE_NAME.test(name)) throw new Error(`company code ${companyCode} cannot name a file`);
  return name;
}

/** Creates that folder, and removes what an interrupted rendering left in it. Reads it without a list, as it grows every month. */
export async function openStatementsDir(filesDir: string): Promise<string> {
  const dir = statementsDir(filesDir);
  await mkdir(dir, { recursive: true });
  for await (const { name } of await opendir(dir)) {
    if (name.endsWith(UNFINISHED)) await rm(join(dir, name), { force: true });
  }
  return dir;
}

/** Whether the statement of a company and period exists; false when its name cannot be a file name. */
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

/**
 * Renders a statement into a file that is either complete and on disk, or as it was.
 * @throws Problem `invariant-broken` when the bytes are not the issued ones.
 */
export function writeStatementFile(
  { dir, name, expected }: StatementFile,
  statement: Statement,
): Promise<WrittenStatement> {
  return replaceDurably(join(dir, name), async (unfinished) => {
    const { pages } = await renderStatement(statement, createWriteStream(unfinished, { flush: true }));
    const checksum = await hashFile(unfinished);
    if (expected !== undefined && checksum !== expected) throw differs(name);
    return { pages, checksum };
  });
}

function differs(name: string): Problem {
  const detail =
    `${name} would not be the statement that was issued, so nothing was written and what is there is as it was; ` +
    'see npm run admin -- verify.';
  return new Problem('invariant-broken', { detail });
}
