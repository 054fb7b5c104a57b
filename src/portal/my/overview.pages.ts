import { formerTenureOf } from '../../access/can.rules.ts';
import { listInvoicesOfLine } from '../../purchases/invoices-of-line.queries.ts';
import { getMonthSoFar } from '../../purchases/month-so-far.queries.ts';
import { listPurchases } from '../../purchases/purchase.queries.ts';
import { listSubscriptionsOfLine } from '../../purchases/subscriptions-of-line.queries.ts';
import { listOwnPaymentRequests } from '../../payment-requests/own-payment-requests.queries.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { overviewView, type OverviewView } from './overview.view.rules.ts';

/** Purchases on the first page. */
const NEWEST = 5;

/** The first page of a subscriber. */
export const overviewPage = definePage({
  name: 'my.overview',
  path: '/my',
  permission: 'purchases:read',
  nav: { label: 'my.nav.overview', order: 10 },
  load: async (deps, { actor }) => ({
    former: formerTenureOf(actor),
    month: formerTenureOf(actor) ? undefined : await getMonthSoFar(deps, actor),
    newest: await listPurchases(deps, actor, { limit: NEWEST }),
    // People of a former tenure are asked for nothing.
    requests: formerTenureOf(actor) ? [] : await listOwnPaymentRequests(deps, actor),
    invoices: await listInvoicesOfLine(deps, actor),
    subscriptions: await listSubscriptionsOfLine(deps, actor),
  }),
  view: overviewView,
  template: template<OverviewView>('my/overview'),
});
