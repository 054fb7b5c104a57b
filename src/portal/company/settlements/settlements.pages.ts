import { findOwnClawbacks } from '../../../collections/own-clawbacks.queries.ts';
import { listOwnPayouts } from '../../../payouts/own-payouts.queries.ts';
import { getOwnSettlement, listOwnSettlements } from '../../../settlements/own-settlements.queries.ts';
import { listOwnStatements } from '../../../statements/own-statements.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { clawbacksView, payoutsView } from './payouts.view.rules.ts';
import { settlementView } from './settlement.view.rules.ts';
import { settlementsView } from './settlements.view.rules.ts';

const sections = template<SectionsView>('kit/sections');

/** The statements of the company. */
export const settlementsPage = definePage({
  name: 'company.settlements',
  path: '/company/settlements',
  permission: 'settlement-figures:read',
  nav: navIn('settlements', 'company.settlements.nav'),
  load: async (deps, { actor }) => ({ settlements: await listOwnSettlements(deps, actor) }),
  view: settlementsView,
  template: sections,
});

/** One settlement with all of its figures. */
export const settlementPage = definePage({
  name: 'company.settlement',
  path: '/company/settlements/:number',
  permission: 'settlement-figures:read',
  load: async (deps, { actor, params: { number = '' } }) => ({
    details: await getOwnSettlement(deps, actor, number),
    payouts: await listOwnPayouts(deps, actor, number),
    revisions: await listOwnStatements(deps, actor, { number }),
  }),
  view: settlementView,
  template: sections,
});

/** What was paid out, and when. */
export const payoutsPage = definePage({
  name: 'company.payouts',
  path: '/company/payouts',
  permission: 'settlement-figures:read',
  under: '/company/settlements',
  load: async (deps, { actor }) => ({
    payouts: await listOwnPayouts(deps, actor),
    settlements: await listOwnSettlements(deps, actor),
  }),
  view: payoutsView,
  template: sections,
});

/** What is clawed back of what lines did not pay. */
export const clawbacksPage = definePage({
  name: 'company.clawbacks',
  path: '/company/clawbacks',
  permission: 'settlement-figures:read',
  under: '/company/settlements',
  load: (deps, { actor }) => findOwnClawbacks(deps, actor),
  view: clawbacksView,
  template: sections,
});
