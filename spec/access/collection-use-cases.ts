import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getAging } from '../../src/collections/aging.queries.ts';
import {
  exportSettlementClawbacks,
  getSettlementClawbacks,
  listSettledClawbacks,
  listWaitingClawbacks,
} from '../../src/collections/clawback-overview.queries.ts';
import {
  exportRefusedRows,
  exportRowErrors,
  getCollectionFile,
  listCollectionFiles,
} from '../../src/collections/collection-files.queries.ts';
import { listInvoiceStates } from '../../src/collections/invoice-states.queries.ts';
import { storeCollectionFile } from '../../src/collections/store-collection-file.ts';
import { getBankRefund, listBankRefunds } from '../../src/refunds/bank-refund-list.queries.ts';
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
  listInvoiceStates: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listInvoiceStates(tx, actor, { limit: 10 }),
  },
  getAging: { rule: '--- --- ------ -+++-+ -', run: (tx, actor) => getAging(tx, actor) },
  listCollectionFiles: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listCollectionFiles(tx, actor, { limit: 10 }),
  },
  getCollectionFile: {
    rule: '--- --- ------ -+++-+ -',
    but: 'not-found',
    run: (tx, actor) => getCollectionFile(tx, actor, 'none.csv'),
  },
  exportRefusedRows: {
    rule: '--- --- ------ -+++-+ -',
    but: 'not-found',
    run: (tx, actor) => exportRefusedRows(tx, actor, 'none.csv'),
  },
  exportRowErrors: {
    rule: '--- --- ------ -+++-+ -',
    but: 'not-found',
    run: (tx, actor) => exportRowErrors(tx, actor, 'none.csv'),
  },
  storeCollectionFile: {
    rule: '--- --- ------ --+--- -',
    run: async (tx, actor) => {
      const path = join(tmpdir(), `${process.pid}-collection.csv`);
      await writeFile(path, 'invoice_number,result,collected_amount,result_date\n');
      return storeCollectionFile(tx, actor, { path, filename: 'mine.csv' });
    },
  },
  listWaitingClawbacks: { rule: '--- --- ------ -+++-+ -', run: listWaitingClawbacks },
  listSettledClawbacks: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listSettledClawbacks(tx, actor, { limit: 10 }),
  },
  getSettlementClawbacks: {
    rule: '--- --- ------ -+++-+ -',
    but: 'settlement-not-found',
    run: (tx, actor) => getSettlementClawbacks(tx, actor, { number: 'none', limit: 10 }),
  },
  exportSettlementClawbacks: {
    rule: '--- --- ------ -+++-+ -',
    but: 'settlement-not-found',
    run: (tx, actor) => exportSettlementClawbacks(tx, actor, { number: 'none' }),
  },
  listBankRefunds: {
    rule: '--- --- ------ -+++-+ -',
    run: (tx, actor) => listBankRefunds(tx, actor, { limit: 10 }),
  },
  getBankRefund: {
    rule: '--- --- ------ -+++-+ -',
    but: 'refund-not-found',
    run: (tx, actor) => getBankRefund(tx, actor, 'none'),
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
