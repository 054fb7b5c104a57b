import {
  bankRefundStages,
  getBankRefund,
  listBankRefunds,
} from '../../../refunds/bank-refund-list.queries.ts';
import { proposeReopening } from '../../../refunds/reopen-refund-approval.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { COLLECTIONS, refundHref, tabHref } from './collection-parts.rules.ts';
import { REFUNDS_ON_PAGE, refundsView, refundView } from './refunds.view.rules.ts';

const REFUND = `${COLLECTIONS}/refunds/:id`;

/** Refunds by bank, by where they stand. */
export const refundsPage = definePage({
  name: 'billing.bank-refunds',
  path: tabHref('refunds'),
  permission: 'collections:read',
  query: {
    type: 'object',
    properties: {
      stage: { type: 'string', enum: bankRefundStages },
      before: { type: 'string', pattern: '^[0-9A-Z]{26}$' },
    },
  },
  load: async (deps, { actor, query }) => ({
    refunds: await listBankRefunds(deps, actor, { ...query, limit: REFUNDS_ON_PAGE + 1 }),
    query,
  }),
  view: refundsView,
  template: template<SectionsView>('kit/sections'),
});

/** One of them; one that was cancelled can be reopened when its charge was collected after all. */
export const refundPage = definePage({
  name: 'billing.bank-refund',
  path: REFUND,
  permission: 'collections:read',
  load: (deps, { actor, params }) => getBankRefund(deps, actor, requireStoredId('refund', params['id'])),
  view: refundView,
  template: template<SectionsView>('kit/sections'),
});

/** Proposes to pay what was collected since; another person approves it. */
export const reopenForm = defineForm({
  name: 'billing.refund-reopen',
  path: REFUND,
  permission: 'refunds:write',
  fields: { reason: textField({ label: 'billing.collections.reason', maxLength: 300 }) },
  submit: (deps, { actor, params, input: { reason } }) =>
    proposeReopening(deps, actor, { refundId: requireStoredId('refund', params['id']), why: reason }),
  done: (_, { params }) => ({ to: refundHref(params['id']!), flash: 'billing.collections.refund.proposed' }),
  page: refundPage,
});
