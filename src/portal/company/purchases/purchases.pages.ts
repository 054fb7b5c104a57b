import {
  findChargesByName,
  findChargesOfCompany,
  sumChargesOfCompany,
} from '../../../charges/company-charges.queries.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { businessDateOf } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';

import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { ListView } from '../list.types.ts';
import { purchasesQuery, readPurchases } from './purchases-query.rules.ts';
import { purchasesView } from './purchases.view.rules.ts';

/** Rows of a page. */
export const PURCHASE_ROWS = 50;

/** What the company sold, newest first. */
export const purchasesPage = definePage({
  name: 'company.purchases',
  path: '/company/purchases',
  permission: 'charges:read',
  nav: navIn('purchases', 'company.purchases.nav'),
  query: purchasesQuery,
  load: async (deps, { actor, query }) => {
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    const chosen = readPurchases(query, today);
    const page = { limit: PURCHASE_ROWS + 1, after: query.after };
    const found = chosen.name
      ? await findChargesByName(deps, actor, chosen.name, page)
      : await findChargesOfCompany(deps, actor, chosen.wanted, page);
    return {
      query,
      chosen,
      rows: found?.slice(0, PURCHASE_ROWS),
      hasMore: (found?.length ?? 0) > PURCHASE_ROWS,
      sums: chosen.name ? undefined : await sumChargesOfCompany(deps, actor, chosen.wanted),
      services: await listOwnServices(deps, actor),
    };
  },
  view: purchasesView,
  template: template<ListView>('company/list'),
});
