import { getInvoiceOfLine } from '../../purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine } from '../../purchases/invoices-of-line.queries.ts';
import { isMonth } from '../../shared/calendar-date.rules.ts';
import { Problem } from '../../shared/problem.ts';
import { parsePublicId } from '../../shared/public-id.rules.ts';
import type { ObjectSchema } from '../../shared/schema-type.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { invoiceView, invoicesView, type InvoiceView, type InvoicesView } from './invoices.view.rules.ts';

/** Items on a page of an invoice. */
const PAGE = 100;

/** The invoices of the line, the open one first. */
export const invoicesPage = definePage({
  name: 'my.invoices',
  path: '/my/invoices',
  permission: 'purchases:read',
  nav: { label: 'my.nav.invoices', order: 20 },
  load: (deps, { actor }) => listInvoicesOfLine(deps, actor),
  view: invoicesView,
  template: template<InvoicesView>('my/invoices'),
});

const itemsQuery = {
  type: 'object',
  properties: { after: { type: 'string', maxLength: 40 } },
  required: [],
  additionalProperties: false,
} as const satisfies ObjectSchema;

/** One invoice with its items. */
export const invoicePage = definePage({
  name: 'my.invoice',
  path: '/my/invoices/:period',
  permission: 'purchases:read',
  query: itemsQuery,
  load: async (deps, { actor, params, query }) => {
    const period = params['period'] ?? '';
    if (!isMonth(period)) throw new Problem('not-found');
    const after = query.after === undefined ? undefined : parsePublicId('charge', query.after);
    return {
      invoice: await getInvoiceOfLine(deps, actor, { period, limit: PAGE, after }),
      isLater: after !== undefined,
    };
  },
  view: invoiceView,
  template: template<InvoiceView>('my/invoice'),
});
