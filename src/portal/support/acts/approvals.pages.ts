import type { Actor } from '../../../access/actor.ts';
import { getApproval, listApprovals } from '../../../access/approvals/approval.queries.ts';
import { approveChange, rejectChange } from '../../../access/approvals/decide-approval.ts';
import { hasSubjectChanged } from '../../../access/approvals/has-subject-changed.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import { refundApproval } from '../../../refunds/refund-approval.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { approvalView, approvalsView, rejectView } from './approvals.view.rules.ts';

/** Refunds that wait for a second person; they run out after days, so they are few. */
export const approvalsPage = definePage({
  name: 'support.approvals',
  path: '/support/approvals',
  permission: 'refunds:approve',
  nav: navIn('approvals', 'support.approvals.nav'),
  load: async (deps, { actor }) => {
    const rows = await listApprovals(deps, actor, { state: 'pending', kind: refundApproval.kind });
    const makers = rows.map(({ maker }) => maker);
    return { actor, rows, names: await findPeopleNames(deps, makers) };
  },
  view: approvalsView,
  template: template<SectionsView>('kit/sections'),
});

/** A proposed refund. @throws Problem `approval-not-found`, also for a proposal of another kind */
async function loadApproval(deps: ServiceDeps, actor: Actor, given: string | undefined) {
  const approval = await getApproval(deps, actor, requireStoredId('approval', given));
  if (approval.kind !== refundApproval.kind) throw new Problem('approval-not-found');
  return {
    actor,
    approval,
    isChanged: await hasSubjectChanged(deps, approvalKinds, approval),
    names: await findPeopleNames(deps, [approval.maker]),
  };
}

export type LoadedApproval = Awaited<ReturnType<typeof loadApproval>>;

/** One proposed refund, and the question whether it is approved. */
export const approvalPage = definePage({
  name: 'support.approval',
  path: '/support/approvals/:id',
  permission: 'refunds:approve',
  load: (deps, { actor, params }) => loadApproval(deps, actor, params['id']),
  view: approvalView,
  template: template<SectionsView>('kit/sections'),
});

export const approveForm = defineForm({
  name: 'support.approve-form',
  path: '/support/approvals/:id',
  permission: 'refunds:approve',
  stepUp: true,
  fields: { note: optional(textField({ label: 'support.approvals.note', maxLength: 300 })) },
  submit: (deps, { actor, params, input: { note } }) => {
    const approvalId = requireStoredId('approval', params['id']);
    return approveChange(deps, actor, [refundApproval], { approvalId, note });
  },
  done: () => ({ to: '/support/approvals', flash: 'support.approvals.approved' }),
  page: approvalPage,
});

/** Asks why it is rejected. */
export const rejectPage = definePage({
  name: 'support.reject',
  path: '/support/approvals/:id/reject',
  permission: 'refunds:approve',
  load: (deps, { actor, params }) => loadApproval(deps, actor, params['id']),
  view: rejectView,
  template: template<SectionsView>('kit/sections'),
});

/** Rejects it; who proposed it withdraws it so. */
export const rejectForm = defineForm({
  name: 'support.reject-form',
  path: '/support/approvals/:id/reject',
  permission: 'refunds:approve',
  fields: { note: textField({ label: 'support.approvals.why-not', maxLength: 300 }) },
  submit: (deps, { actor, params, input: { note } }) => {
    const approvalId = requireStoredId('approval', params['id']);
    return rejectChange(deps, actor, [refundApproval], { approvalId, note });
  },
  done: () => ({ to: '/support/approvals', flash: 'support.approvals.rejected' }),
  page: rejectPage,
});
