import { searchInvoices } from '../../../records/invoice-search.queries.ts';
import { searchPayoutFiles } from '../../../records/payout-file-search.queries.ts';
import { searchStatements } from '../../../records/statement-search.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { documentPaths, documentQuery, readDocuments } from './document-query.rules.ts';
import { invoicesView, payoutFilesView, statementsView, type DocumentsView } from './documents.view.rules.ts';

const documents = template<DocumentsView>('billing/documents');

/** The search of documents begins with statements. */
export const statementRecordsPage = definePage({
  name: 'billing.records',
  path: documentPaths.statements,
  permission: 'settlements:read',
  nav: navIn('records', 'billing.records.nav'),
  query: documentQuery,
  load: async (deps, { actor, query }) => ({
    query,
    page: await searchStatements(deps, actor, readDocuments(query)),
  }),
  view: statementsView,
  template: documents,
});

export const invoiceRecordsPage = definePage({
  name: 'billing.invoice-records',
  path: documentPaths.invoices,
  permission: 'buyers:read',
  query: documentQuery,
  load: async (deps, { actor, query }) => ({
    query,
    page: await searchInvoices(deps, actor, readDocuments(query)),
  }),
  view: invoicesView,
  template: documents,
});

export const payoutFileRecordsPage = definePage({
  name: 'billing.payout-file-records',
  path: documentPaths['payout-files'],
  permission: 'payouts:read',
  query: documentQuery,
  load: async (deps, { actor, query }) => ({
    query,
    page: await searchPayoutFiles(deps, actor, readDocuments(query)),
  }),
  view: payoutFilesView,
  template: documents,
});
