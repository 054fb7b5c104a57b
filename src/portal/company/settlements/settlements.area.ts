import type { Area } from '../../kit/console-area.ts';
import { minimumPage } from './minimum.pages.ts';
import { feeInvoiceDownload, statementDownload } from './settlements.downloads.ts';
import { clawbacksPage, payoutsPage, settlementPage, settlementsPage } from './settlements.pages.ts';

/** Statements, payouts, clawbacks, and what the minimum per line costs. */
export const settlementsArea: Area = {
  pages: [settlementsPage, settlementPage, payoutsPage, clawbacksPage, minimumPage],
  downloads: [statementDownload, feeInvoiceDownload],
};
