import type { Actor } from '../../../access/actor.ts';
import { can } from '../../../access/can.rules.ts';
import {
  countPendingApprovals,
  getApproval,
  listApprovals,
} from '../../../access/approvals/approval.queries.ts';
import { hasSubjectChanged } from '../../../access/approvals/has-subject-changed.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { listMonthsToApprove } from '../../../settlements/months-to-approve.queries.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { approvalView, type ApprovalView } from './approval.view.rules.ts';
import { approvalsQuery } from './approvals.query.ts';
import { approvalsView, type ApprovalsView } from './approvals.view.rules.ts';
import { approveView, rejectView, type DecisionView } from './decision.view.rules.ts';

const PAGE = 50;

/** What waits for a second person: of others, the person's own apart, and what was decided. */
export const approvalsPage = definePage({
  name: 'billing.approvals',
  path: '/billing/approvals',
  permission: 'approvals:read',
  nav: navIn('approvals', 'billing.approvals.nav'),
  query: approvalsQuery,
  load: async (deps, { actor, query }) => {
    const { list = 'waiting', kind, after } = query;
    const page = {
      kind,
      after: after === undefined ? undefined : requireStoredId('approval', after),
      limit: PAGE + 1,
    };
    const filter =
      list === 'decided'
        ? { ...page, state: 'decided' as const }
        : {
            ...page,
            state: 'pending' as const,
            proposedBy: list === 'own' ? ('me' as const) : ('others' as const),
          };
    const rows = await listApprovals(deps, actor, filter);
    return {
      query,
      rows: rows.slice(0, PAGE),
      hasMore: rows.length > PAGE,
      counts: await countPendingApprovals(deps, actor),
      months: can(actor, 'settlements:approve') ? await listMonthsToApprove(deps, actor) : [],
      names: await findPeopleNames(
        deps,
        rows.flatMap(({ maker, checker }) => [maker, checker]),
      ),
      timeZone: deps.config.timeZone,
    };
  },
  view: approvalsView,
  template: template<ApprovalsView>('billing/approvals'),
});

async function loadApproval(deps: ServiceDeps, actor: Actor, given: string | undefined) {
  const approval = await getApproval(deps, actor, requireStoredId('approval', given));
  return {
    actor,
    approval,
    isChanged: await hasSubjectChanged(deps, approvalKinds, approval),
    names: await findPeopleNames(deps, [approval.maker, approval.checker]),
  };
}

export type LoadedApproval = Awaited<ReturnType<typeof loadApproval>>;

/** One proposal: what would change, why, who proposed it and who decided. */
export const approvalPage = definePage({
  name: 'billing.approval',
  path: '/billing/approvals/:id',
  permission: 'approvals:read',
  load: (deps, { actor, params }) => loadApproval(deps, actor, params['id']),
  view: approvalView,
  template: template<ApprovalView>('billing/approval'),
});

/** Asks before it is approved. */
export const approvePage = definePage({
  name: 'billing.approve',
  path: '/billing/approvals/:id/approve',
  permission: 'approvals:read',
  load: (deps, { actor, params }) => loadApproval(deps, actor, params['id']),
  view: approveView,
  template: template<DecisionView>('billing/approval-decision'),
});

/** Asks why it is rejected, or withdrawn by who proposed it. */
export const rejectPage = definePage({
  name: 'billing.reject',
  path: '/billing/approvals/:id/reject',
  permission: 'approvals:read',
  load: (deps, { actor, params }) => loadApproval(deps, actor, params['id']),
  view: rejectView,
  template: template<DecisionView>('billing/approval-decision'),
});
