import type { Area } from '../../kit/console-area.ts';
import { auditEntryPage, auditPage } from './audit.pages.ts';
import {
  feeInvoiceXml,
  invoicePage,
  invoicePdf,
  payoutFile,
  payoutFilePage,
  statementPage,
  statementPdf,
} from './document.pages.ts';
import { invoiceRecordsPage, payoutFileRecordsPage, statementRecordsPage } from './documents.pages.ts';
import { exportFile, exportsPage } from './exports.pages.ts';
import { journalCsv, journalPage } from './journal.pages.ts';
import { sealFile, sealsPage } from './seals.pages.ts';

/** Pages of books and records. */
export const recordsArea: Area = {
  pages: [
    statementRecordsPage,
    invoiceRecordsPage,
    payoutFileRecordsPage,
    statementPage,
    invoicePage,
    payoutFilePage,
    journalPage,
    auditPage,
    auditEntryPage,
    sealsPage,
    exportsPage,
  ],
  downloads: [statementPdf, feeInvoiceXml, invoicePdf, payoutFile, journalCsv, sealFile, exportFile],
};
