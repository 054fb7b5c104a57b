import {
  exportSettlementClawbacks,
  getSettlementClawbacks,
  listSettledClawbacks,
  listWaitingClawbacks,
} from '../../../collections/clawback-overview.queries.ts';
import { findCompanyNames } from '../../../companies/company-names.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import {
  CHARGES_ON_PAGE,
  clawbacksView,
  parseAfter,
  SETTLEMENTS_ON_PAGE,
  settlementView,
} from './clawbacks.view.rules.ts';
import { COLLECTIONS, tabHref } from './collection-parts.rules.ts';

const SETTLEMENT = `${COLLECTIONS}/clawbacks/:number`;

/** Clawbacks and recoveries, by company and settlement. */
export const clawbacksPage = definePage({
  name: 'billing.clawbacks',
  path: tabHref('clawbacks'),
  permission: 'collections:read',
  query: {
    type: 'object',
    properties: {
      company: { type: 'string', maxLength: 32 },
      before: { type: 'string', maxLength: 32 },
    },
  },
  load: async (deps, { actor, query }) => {
    const waiting = await listWaitingClawbacks(deps, actor);
    const settled = await listSettledClawbacks(deps, actor, { ...query, limit: SETTLEMENTS_ON_PAGE + 1 });
    const names = await findCompanyNames(
      deps,
      [...waiting, ...settled].map(({ company }) => company),
    );
    return { waiting, settled, query, names };
  },
  view: clawbacksView,
  template: template<SectionsView>('kit/sections'),
});

/** The charges behind those of one settlement. */
export const settlementClawbacksPage = definePage({
  name: 'billing.settlement-clawbacks',
  path: SETTLEMENT,
  permission: 'collections:read',
  query: {
    type: 'object',
    properties: { after: { type: 'string', pattern: '^\\d{4}-\\d{2}\\.[0-9A-Z]{26}\\.\\d{1,5}$' } },
  },
  load: async (deps, { actor, params, query }) => ({
    clawbacks: await getSettlementClawbacks(deps, actor, {
      number: params['number'] ?? '',
      after: parseAfter(query.after),
      limit: CHARGES_ON_PAGE + 1,
    }),
    query,
  }),
  view: settlementView,
  template: template<SectionsView>('kit/sections'),
});

/** All of them. */
export const settlementClawbacksCsv = defineDownload({
  name: 'billing.settlement-clawbacks-csv',
  path: `${SETTLEMENT}/csv`,
  permission: 'collections:read',
  load: (deps, { actor, params }) =>
    exportSettlementClawbacks(deps, actor, { number: params['number'] ?? '' }),
});
