import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { Problem } from '../../../shared/problem.ts';
import { findNextPayout } from '../../../watch/next-payout.queries.ts';
import { watchHoldApproval, watchSuspensionApproval } from '../../../watch/watch-approvals.ts';
import { defineForm } from '../../kit/define-form.ts';
import { textField } from '../../kit/form-fields.ts';
import { holdPage, suspendPage } from './watch.pages.ts';
import { companyHref } from './watch-words.rules.ts';

const reason = textField({ label: 'billing.watch.reason', maxLength: 300 });

/** Another person approves it, on the pages of approvals. */
export const holdForm = defineForm({
  name: 'billing.watch-hold-form',
  path: '/billing/watch/:company/hold',
  permission: 'watch:propose',
  fields: { reason },
  submit: async (deps, { actor, params, input }) => {
    const next = await findNextPayout(deps, actor, params['company'] ?? '');
    if (!next) throw new Problem('not-found');
    const { number } = next;
    await proposeChange(deps, actor, watchHoldApproval, {
      input: { number, reason: input.reason },
      reason: input.reason,
    });
  },
  done: (_, { params }) => ({ to: companyHref(params['company']!), flash: 'billing.watch.proposed' }),
  page: holdPage,
});

export const suspendForm = defineForm({
  name: 'billing.watch-suspend-form',
  path: '/billing/watch/:company/services/:service/suspend',
  permission: 'watch:propose',
  fields: { reason },
  submit: (deps, { actor, params, input }) =>
    proposeChange(deps, actor, watchSuspensionApproval, {
      input: { companyCode: params['company'] ?? '', code: params['service'] ?? '' },
      reason: input.reason,
    }),
  done: (_, { params }) => ({ to: companyHref(params['company']!), flash: 'billing.watch.proposed' }),
  page: suspendPage,
});
