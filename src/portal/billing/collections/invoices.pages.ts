import { getCollection } from '../../../collections/collection.queries.ts';
import { listInvoiceStates } from '../../../collections/invoice-states.queries.ts';
import { parseClosingGroup } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { COLLECTIONS } from './collection-parts.rules.ts';
import { INVOICES_ON_PAGE, invoicesView } from './invoices.view.rules.ts';
import { invoiceView } from './invoice.view.rules.ts';

/** How far invoices are collected. */
export const invoicesPage = definePage({
  name: 'billing.collections',
  path: COLLECTIONS,
  permission: 'collections:read',
  nav: navIn('collections', 'billing.collections.nav'),
  query: {
    type: 'object',
    properties: {
      period: { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])$' },
      group: { type: 'string', enum: ['5', '10', '15', '20', '25', 'end'] },
      state: { type: 'string', enum: ['billed', 'pending', 'collected', 'partial', 'uncollected'] },
      after: { type: 'string', pattern: '^[0-9-]{1,24}$' },
    },
  },
  load: async (deps, { actor, query }) => {
    const { period, state, after } = query;
    const group = query.group === undefined ? undefined : parseClosingGroup(query.group);
    const filter = { period, group, state, after, limit: INVOICES_ON_PAGE + 1 };
    return { invoices: await listInvoiceStates(deps, actor, filter), query };
  },
  view: invoicesView,
  template: template<SectionsView>('kit/sections'),
});

/** What happened to one invoice. */
export const invoicePage = definePage({
  name: 'billing.collection-invoice',
  path: `${COLLECTIONS}/invoices/:number`,
  permission: 'collections:read',
  load: (deps, { actor, params }) => getCollection(deps, actor, params['number'] ?? ''),
  view: invoiceView,
  template: template<SectionsView>('kit/sections'),
});
