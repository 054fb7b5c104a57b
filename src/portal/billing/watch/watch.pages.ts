import type { Actor } from '../../../access/actor.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { listFlaggedSellers } from '../../../watch/watched-sellers.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { loadWatchedCompany, readDays } from './load-watch.ts';
import { holdView, releaseView, resumeView, suspendView } from './propose.view.rules.ts';
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

export const releasePage = definePage({
  name: 'billing.watch-release',
  path: '/billing/watch/:company/payouts/:number/release',
  permission: 'watch:propose',
  load: async (deps, { actor, params }) => {
    const loaded = await loadWatchedCompany(deps, { actor, companyCode: params['company'] ?? '', days: 30 });
    const payout = loaded.held.find(({ number }) => number === params['number']);
    if (!payout) throw new Problem('settlement-not-found');
    return { ...loaded, payout };
  },
  view: releaseView,
  template: sections,
});

async function loadService(deps: ServiceDeps, { actor, params }: Asked) {
  const companyCode = params['company'] ?? '';
  const loaded = await loadWatchedCompany(deps, { actor, companyCode, days: 30 });
  const seller = loaded.report.sellers.find(({ service }) => service?.code === params['service']);
  if (!seller) throw new Problem('not-found');
  return { ...loaded, seller };
}

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

export const suspendPage = definePage({
  name: 'billing.watch-suspend',
  path: '/billing/watch/:company/services/:service/suspend',
  permission: 'watch:propose',
  load: loadService,
  view: suspendView,
  template: sections,
});

export const resumePage = definePage({
  name: 'billing.watch-resume',
  path: '/billing/watch/:company/services/:service/resume',
  permission: 'watch:propose',
  load: loadService,
  view: resumeView,
  template: sections,
});
