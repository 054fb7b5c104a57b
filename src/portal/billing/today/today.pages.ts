import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { loadToday } from './load-today.ts';
import { todayView, type TodayView } from './today.view.rules.ts';

export const todayPage = definePage({
  name: 'billing.today',
  path: '/billing',
  permission: 'billing-desk:read',
  nav: navIn('today', 'billing.today.nav'),
  query: {
    type: 'object',
    properties: { month: { type: 'string', pattern: '^20[0-4][0-9]-(0[1-9]|1[0-2])$' } },
    additionalProperties: false,
  } as const,
  load: (deps, { actor, query }) => loadToday(deps, { actor, query }),
  view: todayView,
  template: template<TodayView>('billing/today'),
});
