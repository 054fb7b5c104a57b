import { getAuditEntry } from '../../src/access/audit/audit.queries.ts';
import { getInvoiceRecord } from '../../src/records/invoice-record.ts';
import { searchInvoices } from '../../src/records/invoice-search.queries.ts';
import { openExport } from '../../src/records/open-export.ts';
import { listJournalDay, openJournal } from '../../src/records/open-journal.ts';
import { openPayoutFile } from '../../src/records/open-payout-file.ts';
import { getStatementRecord, openStatement } from '../../src/records/open-statement.ts';
import { searchPayoutFiles } from '../../src/records/payout-file-search.queries.ts';
import { searchStatements } from '../../src/records/statement-search.queries.ts';
import { listSealPage, openSeal } from '../../src/seals/seal-list.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const statement = { companyCode: 'none', period: '2026-04', revision: 1 };
const range = { from: '2026-04-01', to: '2026-04-30' };

/** What people look up in books and records; the columns are those of use-case-table.ts. Nothing is issued. */
export const recordUseCases: Readonly<Record<string, UseCaseRow>> = {
  searchStatements: { rule: '--- --- ------ -+++-+ -', run: (tx, actor) => searchStatements(tx, actor, {}) },
  searchInvoices: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor) => searchInvoices(tx, actor, {}),
  },
  searchPayoutFiles: {
    rule: '--- --- ------ --++-+ -',
    run: (tx, actor) => searchPayoutFiles(tx, actor, {}),
  },
  getStatementRecord: {
    rule: '--- --- ------ -+++-+ -',
    but: 'illegal-state',
    run: (tx, actor) => getStatementRecord(tx, actor, statement),
  },
  openStatement: {
    rule: '--- --- ------ -+++-+ -',
    but: 'illegal-state',
    run: (tx, actor) => openStatement(tx, actor, statement),
  },
  getInvoiceRecord: {
    rule: '--- --- ------ ++++-+ -',
    but: 'not-found',
    run: (tx, actor) =>
      getInvoiceRecord(tx, actor, { number: '202604-31-0000001', revision: 1, language: 'ja' }),
  },
  openPayoutFile: {
    rule: '--- --- ------ --++-+ -',
    but: 'payout-run-not-found',
    run: (tx, actor) => openPayoutFile(tx, actor, { number: '2026043001' }),
  },
  openJournal: {
    rule: '--- --- ------ --++-+ -',
    run: (tx, actor) => openJournal(tx, actor, { ...range, language: 'ja' }),
  },
  listJournalDay: {
    rule: '--- --- ------ --++-+ -',
    run: (tx, actor) => listJournalDay(tx, actor, range.to),
  },
  openExport: {
    rule: '--- --- ------ -----+ -',
    run: (tx, actor) => openExport(tx, actor, { kind: 'approvals', format: 'csv', ...range }),
  },
  listSealPage: { rule: '--- --- ------ --++++ +', run: (tx, actor) => listSealPage(tx, actor, {}) },
  openSeal: {
    rule: '--- --- ------ --++++ +',
    but: 'not-found',
    run: (tx, actor) => openSeal(tx, actor, { businessDate: '2026-04-01' }),
  },
  getAuditEntry: {
    rule: '--- --- ------ -+-+++ -',
    but: 'not-found',
    run: (tx, actor) => getAuditEntry(tx, actor, tx.ids.next()),
  },
};
