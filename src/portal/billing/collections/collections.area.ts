import type { Area } from '../../kit/console-area.ts';
import { agingPage } from './aging.pages.ts';
import { clawbacksPage, settlementClawbacksCsv, settlementClawbacksPage } from './clawbacks.pages.ts';
import { filePage, filesPage, mendRows, rowErrors, uploadForm } from './files.pages.ts';
import { invoicePage, invoicesPage } from './invoices.pages.ts';
import { refundPage, refundsPage, reopenForm } from './refunds.pages.ts';

/** Money that comes in: what is collected of invoices, the files that say so, and what comes back from companies. */
export const collectionsArea: Area = {
  pages: [
    invoicesPage,
    invoicePage,
    filesPage,
    filePage,
    clawbacksPage,
    settlementClawbacksPage,
    refundsPage,
    refundPage,
    agingPage,
  ],
  forms: [uploadForm, reopenForm],
  downloads: [mendRows, rowErrors, settlementClawbacksCsv],
};
