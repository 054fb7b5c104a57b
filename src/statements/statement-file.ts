import { access, mkdir, opendir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UNFINISHED } from '../shared/durable-file.ts';

const FILE_NAME = /^[A-Za-z0-9][\w.-]*\.pdf$/;

/** Folder of the statements below `FILES_DIR`. */
export function statementsDir(filesDir: string): string {
  return join(filesDir, 'statements');
}

/** Name of a company's statement: `company-1-2026-05.pdf`, of its first correction `company-1-2026-05-2.pdf`. Throws for a code that is no file name. */
export function statementFileName(companyCode: string, billingPeriod: string, revision = 1): string {
  const name = `${companyCode}-${billingPeriod}${revision === 1 ? '' : `-${revision}`}.pdf`;
  if (!FILE_NAME.test(name)) throw new Error(`company code ${companyCode} cannot name a file`);
  return name;
}

/** Creates that folder, and removes what an interrupted rendering left in it: for the one rendering that runs, as it takes the files of another. Reads it without a list, as it grows every month. */
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
