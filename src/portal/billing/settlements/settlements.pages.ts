import {
  countMonthStates,
  listMonthSettlements,
  listSettledMonths,
  sumMonthSettlements,
} from '../../../settlements/month-settlements.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { settlementsQuery } from './settlements.query.ts';
import { settlementsView, type SettlementsView } from './settlements.view.rules.ts';

const PAGE = 50;

/** The settlements of a month beside the month before: of the newest month unless another is named. */
export const settlementsPage = definePage({
  name: 'billing.settlements',
  path: '/billing/settlements',
  permission: 'settlements:read',
  nav: navIn('settlements', 'billing.settlements.nav'),
  query: settlementsQuery,
  load: async (deps, { actor, query }) => {
    const months = await listSettledMonths(deps, actor);
    const period = query.period ?? months[0];
    if (period === undefined) return { query, months };
    const filter = { period, state: query.state, isOutlier: query.only === 'outliers' };
    const rows = await listMonthSettlements(deps, actor, { ...filter, after: query.after, limit: PAGE + 1 });
    return {
      query,
      months,
      month: {
        period,
        rows: rows.slice(0, PAGE),
        hasMore: rows.length > PAGE,
        totals: await sumMonthSettlements(deps, actor, filter),
        states: await countMonthStates(deps, actor, { period }),
      },
    };
  },
  view: settlementsView,
  template: template<SettlementsView>('billing/settlements'),
});
