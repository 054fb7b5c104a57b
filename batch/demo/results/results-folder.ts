import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DemoRefusal } from '../demo-refusal.ts';

/** What a demo leaves in its folder, besides the files of the jobs. */
export const resultNames = {
  charges: 'charges.csv',
  refunds: 'refunds.csv',
  invoices: 'invoices.csv',
  collections: 'collections.csv',
  clawbacks: 'clawbacks.csv',
  settlements: 'settlements.csv',
  terms: 'terms.csv',
  summary: 'summary.json',
  signIns: 'sign-ins.json',
  statements: 'statements',
} as const;

/** Folders the jobs and commands write to: line master files, invoice details for the carrier, its results, files for
 * the bank, seals of the nights, mails, a log. */
const jobFolders = ['lines', 'invoices', 'collections', 'payouts', 'seals', 'mails', 'log'];
/** Marks a folder as one of the demo. */
const MARK = '.tabane-demo';

/** Refuses a folder with files that no demo has made. @throws DemoRefusal */
export async function assertResultsFolder(out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  const present = await readdir(out);
  if (present.length === 0 || present.includes(MARK)) return;
  throw new DemoRefusal(`${out} holds files that no demo has made. Let --out name an empty or a new folder.`);
}

/** Removes what an earlier demo has left in the folder, so that old and new never stand side by side. */
export async function emptyResultsFolder(out: string): Promise<void> {
  await writeFile(join(out, MARK), 'The results of a demo: the next demo removes them.\n');
  const names = [...Object.values(resultNames), ...jobFolders];
  await Promise.all(names.map((name) => rm(join(out, name), { recursive: true, force: true })));
}
