import type { Actor } from '../../../access/actor.ts';
import { isSetByTwo } from '../../../access/approvals/set-by-two.queries.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { holdKinds, holdSubject } from '../../../settlements/hold-kinds.rules.ts';
import { getSettlementDetails } from '../../../settlements/settlement-details.queries.ts';
import { listSettlementHistory } from '../../../settlements/settlement-history.queries.ts';
import { listStatementRevisions } from '../../../statements/statement-revisions.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import {
  correctView,
  holdView,
  proposeView,
  rejectView,
  releaseView,
  type SettlementActView,
} from './settlement-acts.view.rules.ts';
import { settlementView, type SettlementView } from './settlement.view.rules.ts';

async function loadSettlement(deps: ServiceDeps, actor: Actor, number: string) {
  const details = await getSettlementDetails(deps, actor, number);
  return {
    details,
    revisions: await listStatementRevisions(deps, actor, details.settlement),
    isHeldByTwo: await isSetByTwo(deps, holdKinds, holdSubject(number)),
  };
}

export type LoadedSettlement = Awaited<ReturnType<typeof loadSettlement>>;

/** One settlement: its figures beside those of the month before, its lines, its statement and its history. */
export const settlementPage = definePage({
  name: 'billing.settlement',
  path: '/billing/settlements/:number',
  permission: 'settlements:read',
  load: async (deps, { actor, params }) => {
    const loaded = await loadSettlement(deps, actor, params['number'] ?? '');
    const history = await listSettlementHistory(deps, actor, loaded.details.settlement);
    const people = history.map((step) => step.actor);
    return {
      ...loaded,
      history,
      names: await findPeopleNames(deps, [...people, loaded.details.pending?.maker]),
      currency: deps.config.currency,
    };
  },
  view: settlementView,
  template: template<SettlementView>('billing/settlement'),
});

/** Asks before a draft is proposed. */
export const proposePage = definePage({
  name: 'billing.propose-settlement',
  path: '/billing/settlements/:number/propose',
  permission: 'settlements:propose',
  load: (deps, { actor, params }) => loadSettlement(deps, actor, params['number'] ?? ''),
  view: proposeView,
  template: template<SettlementActView>('billing/settlement-act'),
});

/** Asks why a draft is rejected. */
export const rejectPage = definePage({
  name: 'billing.reject-settlement',
  path: '/billing/settlements/:number/reject',
  permission: 'settlements:reject',
  load: (deps, { actor, params }) => loadSettlement(deps, actor, params['number'] ?? ''),
  view: rejectView,
  template: template<SettlementActView>('billing/settlement-act'),
});

/** Asks why the payout waits. */
export const holdPage = definePage({
  name: 'billing.hold-settlement',
  path: '/billing/settlements/:number/hold',
  permission: 'settlements:approve',
  load: (deps, { actor, params }) => loadSettlement(deps, actor, params['number'] ?? ''),
  view: holdView,
  template: template<SettlementActView>('billing/settlement-act'),
});

/** Asks why it waits no more. */
export const releasePage = definePage({
  name: 'billing.release-settlement',
  path: '/billing/settlements/:number/release',
  permission: 'settlements:approve',
  load: (deps, { actor, params }) => loadSettlement(deps, actor, params['number'] ?? ''),
  view: releaseView,
  template: template<SettlementActView>('billing/settlement-act'),
});

/** Asks before an issued statement is replaced by one that names its parties rightly. */
export const correctPage = definePage({
  name: 'billing.correct-statement',
  path: '/billing/settlements/:number/correct',
  permission: 'statements:correct',
  load: (deps, { actor, params }) => loadSettlement(deps, actor, params['number'] ?? ''),
  view: correctView,
  template: template<SettlementActView>('billing/settlement-act'),
});
