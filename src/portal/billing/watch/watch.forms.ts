import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { Problem } from '../../../shared/problem.ts';
import { listHeldByTwo } from '../../../watch/held-by-two.queries.ts';
import { findNextPayout } from '../../../watch/next-payout.queries.ts';
import {
  watchHoldApproval,
  watchReleaseApproval,
  watchResumptionApproval,
  watchSuspensionApproval,
} from '../../../watch/watch-approvals.ts';
import { defineForm } from '../../kit/define-form.ts';
import { textField } from '../../kit/form-fields.ts';
import { holdPage, releasePage, resumePage, suspendPage } from './watch.pages.ts';
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

/** Money moves again, so it needs a fresh factor besides the second person. */
export const releaseForm = defineForm({
  name: 'billing.watch-release-form',
  path: '/billing/watch/:company/payouts/:number/release',
  permission: 'watch:propose',
  stepUp: true,
  fields: { reason },
  submit: async (deps, { actor, params, input }) => {
    const held = await listHeldByTwo(deps, actor, params['company'] ?? '');
    const payout = held.find(({ number }) => number === params['number']);
    if (!payout) throw new Problem('settlement-not-found');
    await proposeChange(deps, actor, watchReleaseApproval, {
      input: { number: payout.number, reason: input.reason },
      reason: input.reason,
    });
  },
  done: (_, { params }) => ({ to: companyHref(params['company']!), flash: 'billing.watch.proposed' }),
  page: releasePage,
});

export const resumeForm = defineForm({
  name: 'billing.watch-resume-form',
  path: '/billing/watch/:company/services/:service/resume',
  permission: 'watch:propose',
  stepUp: true,
  fields: { reason },
  submit: (deps, { actor, params, input }) =>
    proposeChange(deps, actor, watchResumptionApproval, {
      input: { companyCode: params['company'] ?? '', code: params['service'] ?? '' },
      reason: input.reason,
    }),
  done: (_, { params }) => ({ to: companyHref(params['company']!), flash: 'billing.watch.proposed' }),
  page: resumePage,
});
