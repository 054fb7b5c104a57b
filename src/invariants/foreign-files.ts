import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlOf } from '../database/sql.ts';
import type { Em } from '../database/orm.ts';
import { invoiceDetailsPath } from '../invoices/export-invoice-details.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { payoutFilePath, payoutsDir, type FileSettings } from '../payouts/payout-file.ts';
import { statementFileName, statementsDir } from '../statements/statement-file.ts';
import type { Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN } from './sql-rule.ts';

/**
 * A foreign file with such a name may be taken for ours by the carrier, by the person who sends statements or by who gives the
 * bank its orders.
 *
 * The files are listed before the snapshot is taken: another night may close a period while this one checks, and its row
 * is there before its file.
 */
export const noFileIsForeign: Rule = {
  sentence: 'no file lies among the invoice details, statements and payout files that none of them is',
  async find({ em, config }, { filesFound: found = [] }) {
    const known = await listKnown(em, config);
    const foreign = found.filter((path) => !known.has(path)).map((path) => ({ path }));
    return {
      checked: found.length,
      count: foreign.length,
      offending: foreign.slice(0, OFFENDING_SHOWN),
    };
  },
};

/** The files that lie where invoice details, statements and payout files do. */
export async function listFoundFiles(filesDir: string): Promise<string[]> {
  return [
    ...(await listFiles(join(filesDir, 'invoices'), /^[^.].*\.csv$/i)),
    ...(await listFiles(statementsDir(filesDir), /^[^.].*\.pdf$/i)),
    ...(await listFiles(payoutsDir(filesDir), /^[^.].*\.(?:txt|xml)$/i)),
  ];
}

async function listFiles(dir: string, name: RegExp): Promise<string[]> {
  if (!existsSync(dir)) return [];
  const names = await readdir(dir);
  return names.filter((found) => name.test(found)).map((found) => join(dir, found));
}

/** The paths of all files that the service has written or is writing. */
async function listKnown(em: Em, config: FileSettings): Promise<Set<string>> {
  const { filesDir } = config;
  const periods = await sqlOf(em)
    .selectFrom('billing_period')
    .select(['period', 'closingGroup'])
    .where('state', 'in', ['closing', 'closed'])
    .execute();
  const settled = await sqlOf(em)
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .leftJoin('settlement_document as d', 'd.settlementId', 's.id')
    .select('s.billingPeriod')
    .select(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')).as('code'))
    .execute();
  const corrected = await sqlOf(em)
    .selectFrom('statement_correction as r')
    .innerJoin('settlement as s', 's.id', 'r.settlementId')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.billingPeriod', 'r.revision'])
    .select(({ ref }) => keptCompanyCode(ref('r.content'), ref('c.code')).as('code'))
    .execute();
  const sent = sqlOf(em).selectFrom('payout_run').select('number').where('state', '=', 'sent');
  return new Set([
    ...(await sent.execute()).map((run) => payoutFilePath(config, run)),
    ...periods.map((period) => invoiceDetailsPath(filesDir, period)),
    ...corrected.map(({ code, billingPeriod, revision }) =>
      join(statementsDir(filesDir), statementFileName(code, billingPeriod, revision)),
    ),
    ...settled.map(({ code, billingPeriod }) =>
      join(statementsDir(filesDir), `${code}-${billingPeriod}.pdf`),
    ),
  ]);
}
