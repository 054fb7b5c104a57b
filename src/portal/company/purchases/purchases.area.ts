import type { Area } from '../../kit/console-area.ts';
import { cancelChargeForm, cancelChargePage } from './cancel-charge.pages.ts';
import { chargePage } from './charge.pages.ts';
import { explainPage } from './explain.pages.ts';
import { purchasesCsv } from './purchases.downloads.ts';
import { purchasesPage } from './purchases.pages.ts';
import { refundForm, refundPage } from './refund.pages.ts';

/** What was sold, and what can be done about it. */
export const purchasesArea: Area = {
  pages: [purchasesPage, chargePage, cancelChargePage, refundPage, explainPage],
  forms: [cancelChargeForm, refundForm],
  downloads: [purchasesCsv],
};
