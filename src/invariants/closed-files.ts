import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { correctedInvoiceName, correctedInvoicesDir } from '../invoices/correct-line-invoice.ts';
import { hashDetails } from '../invoices/export-again.ts';
import { invoiceDetailsPath } from '../invoices/export-invoice-details.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { statementFileName, statementsDir } from '../statements/statement-file.ts';
import { writeClosingGroup } from '../shared/calendar.rules.ts';
import { hashFile } from '../shared/durable-file.ts';
import type { Finding, OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN } from './sql-rule.ts';
import { isToRead } from './within.ts';

/** A file that must exist unchanged, and the command that writes it again. */
interface IssuedFile {
  readonly path: string;
  readonly checksum: string | null;
  readonly writtenAgainBy: string;
}

export const checksumIsThatOfFile: Rule = {
  sentence: 'the invoice details given to the carrier are there, as they were closed',
  async find(snapshot, { months, filesAreHere }) {
    const { filesDir } = snapshot.config;
    if (!filesAreHere && !existsSync(join(filesDir, 'invoices'))) return nothing;
    const periods = (await listClosed(snapshot)).filter(({ period }) => isToRead(period, months));
    return compareFiles(
      periods.map(({ period, closingGroup, checksum }) => ({
        path: invoiceDetailsPath(filesDir, { period, closingGroup }),
        checksum,
        writtenAgainBy: `npm run admin -- invoice-details export --period ${period} --group ${writeClosingGroup(closingGroup)}`,
      })),
    );
  },
};

export const statementsAreIssued: Rule = {
  sentence: 'the statements of settlements are there, as they were issued',
  async find(snapshot, { months, filesAreHere }) {
    const dir = statementsDir(snapshot.config.filesDir);
    if (!filesAreHere && !existsSync(dir)) return nothing;
    const issued = (await listIssued(snapshot)).filter(({ billingPeriod }) =>
      isToRead(billingPeriod, months),
    );
    return compareFiles(
      issued.map(({ code, billingPeriod, revision, checksum }) => ({
        path: join(dir, statementFileName(code, billingPeriod, revision)),
        checksum,
        writtenAgainBy: `npm run admin -- statement export --company ${code} --period ${billingPeriod}${revision === 1 ? '' : ` --revision ${revision}`}`,
      })),
    );
  },
};

export const correctedInvoicesAreFiled: Rule = {
  sentence: 'the line invoices that were corrected are there, as they were issued',
  async find(snapshot, { months, filesAreHere }) {
    const dir = correctedInvoicesDir(snapshot.config.filesDir);
    if (!filesAreHere && !existsSync(dir)) return nothing;
    const issued = (await listCorrected(snapshot)).filter(({ billingPeriod }) =>
      isToRead(billingPeriod, months),
    );
    return compareFiles(
      issued.map(({ number, checksum }) => ({
        path: join(dir, correctedInvoiceName(number)),
        checksum,
        writtenAgainBy: `npm run admin -- invoice export --number ${number}`,
      })),
    );
  },
};

/** The file can be written from the rows of the database to the same bytes, so nothing on the invoices has changed. */
export const detailsCanBeWrittenAgain: Rule = {
  sentence: 'the invoices of a closed period say what they said when it closed',
  async find(snapshot, { months }) {
    const periods = (await listDocumentedPeriods(snapshot)).filter(({ period }) => isToRead(period, months));
    const offending: OffendingRow[] = [];
    for (const period of periods) {
      const found = await hashDetails(snapshot, period).catch((error: unknown) => error);
      if (found === period.checksum) continue;
      const { period: billingPeriod, closingGroup, checksum } = period;
      const now = found instanceof Error ? found.message : found;
      offending.push({ billingPeriod, closingGroup, checksum, now });
    }
    return {
      checked: periods.length,
      count: offending.length,
      offending: offending.slice(0, OFFENDING_SHOWN),
    };
  },
};

const nothing: Finding = { checked: 0, count: 0, offending: [] };

async function compareFiles(files: readonly IssuedFile[]): Promise<Finding> {
  const offending: OffendingRow[] = [];
  for (const file of files) {
    const fileChecksum = existsSync(file.path) ? await hashFile(file.path) : 'missing';
    if (fileChecksum !== file.checksum) offending.push({ ...file, fileChecksum });
  }
  return { checked: files.length, count: offending.length, offending: offending.slice(0, OFFENDING_SHOWN) };
}

function listClosed({ em }: InTransaction<Deps>) {
  return sqlOf(em)
    .selectFrom('billing_period')
    .selectAll()
    .where('state', '=', 'closed')
    .orderBy('closesOn')
    .execute();
}

/** Closed periods that stored everything on their invoices when they closed. */
function listDocumentedPeriods({ em }: InTransaction<Deps>) {
  return (
    sqlOf(em)
      .selectFrom('billing_period as b')
      .innerJoin('closed_period_party as i', (join) =>
        join
          .onRef('i.billingPeriod', '=', 'b.period')
          .onRef('i.closingGroup', '=', 'b.closingGroup')
          .on('i.kind', '=', 'issuer'),
      )
      .selectAll('b')
      .where('b.state', '=', 'closed')
      // A period without invoices has nothing to read; another rule checks that it has none.
      .where('b.invoiceCount', '>', 0)
      .orderBy('b.closesOn')
      .execute()
  );
}

function listCorrected({ em }: InTransaction<Deps>) {
  return sqlOf(em)
    .selectFrom('invoice_correction as r')
    .innerJoin('line_invoice as l', 'l.number', 'r.invoiceNumber')
    .select(['r.number', 'r.checksum', 'l.billingPeriod'])
    .orderBy('r.number')
    .execute();
}

/** Every statement that was issued, and every correction of one. */
async function listIssued({ em }: InTransaction<Deps>) {
  const statements = await sqlOf(em)
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .innerJoin('statement_file as f', 'f.settlementId', 's.id')
    .leftJoin('settlement_document as d', 'd.settlementId', 's.id')
    .select(['s.billingPeriod', 'f.checksum'])
    .select(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')).as('code'))
    .orderBy('s.id')
    .execute();
  const corrections = await sqlOf(em)
    .selectFrom('statement_correction as r')
    .innerJoin('settlement as s', 's.id', 'r.settlementId')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.billingPeriod', 'r.revision', 'r.checksum'])
    .select(({ ref }) => keptCompanyCode(ref('r.content'), ref('c.code')).as('code'))
    .orderBy('r.settlementId')
    .orderBy('r.revision')
    .execute();
  return [...statements.map((statement) => ({ ...statement, revision: 1 })), ...corrections];
}
