import { Problem } from '../../../shared/problem.ts';
import { listFlaggedSellers } from '../../../watch/watched-sellers.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { loadWatchedCompany, readDays } from './load-watch.ts';
import { holdView, suspendView } from './propose.view.rules.ts';
import { watchView } from './watch.view.rules.ts';
import { watchedCompanyView } from './watched-company.view.rules.ts';

const sections = template<SectionsView>('kit/sections');
const span = {
  type: 'object',
  properties: { days: { type: 'string', maxLength: 3 } },
  additionalProperties: false,
} as const;

/** Who is flagged, by which figures. */
export const watchPage = definePage({
  name: 'billing.watch',
  path: '/billing/watch',
  permission: 'watch:read',
  nav: navIn('reports', 'billing.watch.nav', 5),
  query: span,
  load: async (deps, { actor, query }) => {
    const days = readDays(query.days);
    return { days, report: await listFlaggedSellers(deps, actor, { days }) };
  },
  view: watchView,
  template: sections,
});

export const watchedCompanyPage = definePage({
  name: 'billing.watched-company',
  path: '/billing/watch/:company',
  permission: 'watch:read',
  query: span,
  load: (deps, { actor, params, query }) =>
    loadWatchedCompany(deps, { actor, companyCode: params['company'] ?? '', days: readDays(query.days) }),
  view: watchedCompanyView,
  template: sections,
});

export const holdPage = definePage({
  name: 'billing.watch-hold',
  path: '/billing/watch/:company/hold',
  permission: 'watch:propose',
  load: (deps, { actor, params }) =>
    loadWatchedCompany(deps, { actor, companyCode: params['company'] ?? '', days: 30 }),
  view: holdView,
  template: sections,
});

export const suspendPage = definePage({
  name: 'billing.watch-suspend',
  path: '/billing/watch/:company/services/:service/suspend',
  permission: 'watch:propose',
  load: async (deps, { actor, params }) => {
    const companyCode = params['company'] ?? '';
    const loaded = await loadWatchedCompany(deps, { actor, companyCode, days: 30 });
    const seller = loaded.report.sellers.find(({ service }) => service?.code === params['service']);
    if (!seller) throw new Problem('service-not-found');
    return { ...loaded, seller };
  },
  view: suspendView,
  template: sections,
});
