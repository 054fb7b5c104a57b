import { approveChange, rejectChange } from '../../../access/approvals/decide-approval.ts';
import { approvalKinds } from '../../../approval-kinds.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { optional, textField } from '../../kit/form-fields.ts';
import { approvePage, rejectPage } from './approvals.pages.ts';

/** Makes the change that another person proposed. */
export const approveForm = defineForm({
  name: 'billing.approve-form',
  path: '/billing/approvals/:id/approve',
  permission: 'approvals:read',
  stepUp: true,
  fields: { note: optional(textField({ label: 'billing.approvals.note', maxLength: 300 })) },
  submit: (deps, { actor, params, input: { note } }) => {
    const approvalId = requireStoredId('approval', params['id']);
    return approveChange(deps, actor, approvalKinds, { approvalId, note });
  },
  done: () => ({ to: '/billing/approvals', flash: 'billing.approvals.approved' }),
  page: approvePage,
});

/** Rejects it; who proposed it withdraws it so. */
export const rejectForm = defineForm({
  name: 'billing.reject-form',
  path: '/billing/approvals/:id/reject',
  permission: 'approvals:read',
  fields: { note: textField({ label: 'billing.approvals.why-not', maxLength: 300 }) },
  submit: (deps, { actor, params, input: { note } }) => {
    const approvalId = requireStoredId('approval', params['id']);
    return rejectChange(deps, actor, approvalKinds, { approvalId, note });
  },
  done: () => ({ to: '/billing/approvals', flash: 'billing.approvals.rejected' }),
  page: rejectPage,
});
