import { exportLineInvoiceCsv } from '../../invoices/export-line-invoice-csv.ts';
import { renderLineInvoice } from '../../invoices/render-line-invoice.ts';
import { isMonth } from '../../shared/calendar-date.rules.ts';
import { Problem } from '../../shared/problem.ts';
import { defineDownload } from '../kit/define-download.ts';

/** An issued invoice as a PDF: the newest document, or the one of a revision. */
export const invoicePdf = defineDownload({
  name: 'my.invoice-pdf',
  path: '/my/invoices/:period/pdf',
  permission: 'invoices:read',
  query: {
    type: 'object',
    properties: { revision: { type: 'integer', minimum: 1, maximum: 99 } },
    required: [],
    additionalProperties: false,
  },
  load: (deps, { actor, params, query: { revision }, visit: { language } }) =>
    renderLineInvoice(deps, actor, { period: periodOf(params), revision, language }),
});

/** The items of an issued invoice as CSV. */
export const invoiceCsv = defineDownload({
  name: 'my.invoice-csv',
  path: '/my/invoices/:period/csv',
  permission: 'invoice-items:read',
  load: (deps, { actor, params, visit: { language } }) =>
    exportLineInvoiceCsv(deps, actor, { period: periodOf(params), language }),
});

function periodOf(params: Readonly<Record<string, string>>): string {
  const period = params['period'] ?? '';
  if (!isMonth(period)) throw new Problem('not-found');
  return period;
}
