import { getConsentOfLine, listConsentsOfLine } from '../../src/purchases/consents-of-line.queries.ts';
import { getInvoiceOfLine } from '../../src/purchases/invoice-of-line.queries.ts';
import { listInvoicesOfLine } from '../../src/purchases/invoices-of-line.queries.ts';
import { getMonthSoFar } from '../../src/purchases/month-so-far.queries.ts';
import { getPurchase } from '../../src/purchases/purchase-details.queries.ts';
import { getPurchaseScope } from '../../src/purchases/purchase-scope.queries.ts';
import { listPurchases } from '../../src/purchases/purchase.queries.ts';
import { listSellers } from '../../src/purchases/sellers.queries.ts';
import {
  getSubscriptionOfLine,
  listSubscriptionsOfLine,
} from '../../src/purchases/subscriptions-of-line.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const everyPerson = '--- --- +++++- ------ -';
const theirOwn = '--- --- ++++0- ------ -';

/** What people on a line read of what they bought; the columns are those of use-case-table.ts. */
export const purchaseUseCases: Readonly<Record<string, UseCaseRow>> = {
  getPurchaseScope: { rule: everyPerson, run: (tx, actor) => getPurchaseScope(tx, actor) },
  getMonthSoFar: { rule: everyPerson, run: (tx, actor) => getMonthSoFar(tx, actor) },
  listPurchases: { rule: everyPerson, run: (tx, actor) => listPurchases(tx, actor, { limit: 10 }) },
  listSellers: { rule: everyPerson, run: (tx, actor) => listSellers(tx, actor) },
  getPurchase: { rule: theirOwn, run: (tx, actor, { held }) => getPurchase(tx, actor, held) },
  listInvoicesOfLine: { rule: everyPerson, run: (tx, actor) => listInvoicesOfLine(tx, actor) },
  getInvoiceOfLine: {
    rule: everyPerson,
    // Nothing has been charged to anybody.
    but: 'not-found',
    run: (tx, actor) => getInvoiceOfLine(tx, actor, { period: '2020-01', limit: 10 }),
  },
  listSubscriptionsOfLine: { rule: everyPerson, run: (tx, actor) => listSubscriptionsOfLine(tx, actor) },
  getSubscriptionOfLine: {
    rule: theirOwn,
    run: (tx, actor, { joined }) => getSubscriptionOfLine(tx, actor, joined),
  },
  listConsentsOfLine: { rule: everyPerson, run: (tx, actor) => listConsentsOfLine(tx, actor) },
  getConsentOfLine: {
    rule: theirOwn,
    run: (tx, actor, { sale }) => getConsentOfLine(tx, actor, sale.consent.id),
  },
};
