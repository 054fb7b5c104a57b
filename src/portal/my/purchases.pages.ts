import { getPurchase } from '../../purchases/purchase-details.queries.ts';
import { listPurchases } from '../../purchases/purchase.queries.ts';
import { listSellers } from '../../purchases/sellers.queries.ts';
import { requireStoredId } from '../../shared/public-id.rules.ts';
import { definePage } from '../kit/define-page.ts';
import { template } from '../kit/template.ts';
import { readSearch, searchQuery } from './purchase-search.rules.ts';
import { purchaseView, type PurchaseView } from './purchase.view.rules.ts';
import { purchasesView, type PurchasesView } from './purchases.view.rules.ts';

const PAGE = 50;

/** All purchases that the person may see, searched and in pages. */
export const purchasesPage = definePage({
  name: 'my.purchases',
  path: '/my/purchases',
  permission: 'purchases:read',
  nav: { label: 'my.nav.purchases', order: 30 },
  query: searchQuery,
  load: async (deps, { actor, query }) => {
    const search = readSearch(query);
    return {
      query,
      search,
      list: await listPurchases(deps, actor, { ...search.filter, limit: PAGE, after: search.after }),
      sellers: await listSellers(deps, actor),
    };
  },
  view: purchasesView,
  template: template<PurchasesView>('my/purchases'),
});

/** A purchase: what was paid, to whom, why, and how to stop it. Printed it is its receipt. */
export const purchasePage = definePage({
  name: 'my.purchase',
  path: '/my/purchases/:id',
  permission: 'purchases:read',
  load: (deps, { actor, params }) => getPurchase(deps, actor, requireStoredId('charge', params['id'])),
  view: purchaseView,
  template: template<PurchaseView>('my/purchase'),
});
