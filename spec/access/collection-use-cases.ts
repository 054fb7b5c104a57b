import { getCollection, listCollections } from '../../src/collections/collection.queries.ts';
import { importCollectionFile } from '../../src/collections/import-collection-file.ts';
import { listHandOff } from '../../src/collections/list-hand-off.ts';
import { exportRefusedInvoices } from '../../src/invoices/export-refused-invoices.ts';
import type { UseCaseRow } from './use-case-table.ts';

const file = {
  fileName: 'results.csv',
  bookedOn: '2026-05-09',
  read: async function* () {
    yield Buffer.from('invoice_number,result,collected_amount,result_date\n');
  },
};

/** What becomes of invoices after they are closed; the columns are those of use-case-table.ts. */
export const collectionUseCases: Readonly<Record<string, UseCaseRow>> = {
  importCollectionFile: {
    rule: '--- --- ------ --+--- +',
    run: (tx, actor) => importCollectionFile(tx, actor, file),
  },
  listCollections: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listCollections(tx, actor, { limit: 10 }),
  },
  getCollection: {
    rule: '--- --- ------ -+++-+ -',
    but: 'invoice-not-found',
    run: (tx, actor) => getCollection(tx, actor, '202605-31-0000001'),
  },
  listHandOff: {
    rule: '--- --- ------ -+++-+ -',
    but: 'company-not-found',
    run: (tx, actor) => listHandOff(tx, actor, { companyCode: 'nobody' }),
  },
  exportRefusedInvoices: {
    rule: '--- --- ------ --+--- +',
    run: (tx, actor) => exportRefusedInvoices(tx, actor),
  },
};
