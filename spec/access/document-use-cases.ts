import { correctLineInvoice } from '../../src/invoices/correct-line-invoice.ts';
import { exportCorrectedInvoice } from '../../src/invoices/export-corrected-invoice.ts';
import { exportLineInvoiceCsv } from '../../src/invoices/export-line-invoice-csv.ts';
import { renderLineInvoice } from '../../src/invoices/render-line-invoice.ts';
import { issueIdWithLetter, resetPasswordWithLetter } from '../../src/letters/issue-with-letter.ts';
import { renderReceipt } from '../../src/receipts/render-receipt.ts';
import { exportFeeInvoice } from '../../src/statements/export-fee-invoice.ts';
import { readStatement } from '../../src/statements/read-statement.ts';
import { listStatementRevisions } from '../../src/statements/statement-revisions.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const invoice = { period: '2026-04', language: 'ja' } as const;

/** What people on a line and those who help them get as files; the columns are those of use-case-table.ts. */
export const documentUseCases: Readonly<Record<string, UseCaseRow>> = {
  issueIdWithLetter: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor) =>
      issueIdWithLetter(tx, actor, { displayName: '太郎', issueKey: tx.ids.next(), language: 'ja' }),
  },
  resetPasswordWithLetter: {
    rule: '--- --- --+--- ------ -',
    run: (tx, actor, { sale }) =>
      resetPasswordWithLetter(tx, actor, { subscriberId: sale.buyer.subscriberId, language: 'ja' }),
  },
  renderLineInvoice: {
    rule: '--- --- --++-- ++++-+ -',
    // Nothing has been invoiced to anybody.
    but: 'not-found',
    run: (tx, actor) => renderLineInvoice(tx, actor, invoice),
  },
  correctLineInvoice: {
    rule: '--- --- ------ --+--- -',
    but: 'not-found',
    run: (tx, actor) => correctLineInvoice(tx, actor, { number: '202604-31-0000001', reason: 'misspelt' }),
  },
  exportCorrectedInvoice: {
    rule: '--- --- ------ --+--- -',
    but: 'not-found',
    run: (tx, actor) => exportCorrectedInvoice(tx, actor, { number: '202604-31-0000001-2' }),
  },
  renderReceipt: {
    // It names who bought.
    rule: '--- --- ++++0- hh++-h -',
    run: (tx, actor, { held }) => renderReceipt(tx, actor, { chargeId: held, language: 'ja' }),
  },
  exportLineInvoiceCsv: {
    rule: '--- --- +++++- ++++-+ -',
    but: 'not-found',
    run: (tx, actor) => exportLineInvoiceCsv(tx, actor, invoice),
  },
  readStatement: {
    rule: '--- --- ------ -+++-+ -',
    but: 'illegal-state',
    run: (tx, actor) => readStatement(tx, actor, { companyCode: 'none', period: '2026-04' }),
  },
  listStatementRevisions: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listStatementRevisions(tx, actor, { id: 'none', number: 'S202604-999999' }),
  },
  exportFeeInvoice: {
    rule: '--- --- ------ -+++-+ -',
    // Nothing has been settled with anybody.
    but: 'illegal-state',
    run: (tx, actor) => exportFeeInvoice(tx, actor, { companyCode: 'none', period: '2026-04' }),
  },
};
