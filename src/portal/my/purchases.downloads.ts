import { renderReceipt } from '../../receipts/render-receipt.ts';
import { requireStoredId } from '../../shared/public-id.rules.ts';
import { defineDownload } from '../kit/define-download.ts';

/** The record of a purchase as a PDF. */
export const receiptPdf = defineDownload({
  name: 'my.receipt-pdf',
  path: '/my/purchases/:id/receipt',
  permission: 'receipts:read',
  load: (deps, { actor, params, visit: { language } }) =>
    renderReceipt(deps, actor, { chargeId: requireStoredId('charge', params['id']), language }),
});
