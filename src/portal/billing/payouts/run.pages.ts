import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { findCompanyNames } from '../../../companies/company-names.queries.ts';
import { discardPayoutRun } from '../../../payouts/discard-payout-run.ts';
import { payoutRunApproval } from '../../../payouts/payout-run-approval.ts';
import { reviewPayoutRun } from '../../../payouts/payout-run-review.queries.ts';
import { readPayoutFile } from '../../../payouts/read-payout-file.ts';
import { writePayoutFile } from '../../../payouts/write-payout-file.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { PAYOUTS, runHref } from './payout-parts.rules.ts';
import { runView, stepView } from './run.view.rules.ts';

const RUN = `${PAYOUTS}/runs/:number`;
const sections = template<SectionsView>('kit/sections');

export const runPage = definePage({
  name: 'billing.payout-run',
  path: RUN,
  permission: 'payouts:read',
  load: async (deps, { actor, params }) => {
    const review = await reviewPayoutRun(deps, actor, params['number'] ?? '');
    const names = await findCompanyNames(
      deps,
      review.lines.map(({ company }) => company),
    );
    return { ...review, names };
  },
  view: runView,
  template: sections,
});

export const proposePage = definePage({
  name: 'billing.payout-propose',
  path: `${RUN}/propose`,
  permission: 'payouts:propose',
  load: (deps, { actor, params }) => reviewPayoutRun(deps, actor, params['number'] ?? ''),
  view: stepView('propose'),
  template: sections,
});

/** Another person approves it, on the pages of approvals. */
export const proposeForm = defineForm({
  name: 'billing.payout-propose-form',
  path: `${RUN}/propose`,
  permission: 'payouts:propose',
  fields: { reason: textField({ label: 'billing.payouts.reason', maxLength: 300 }) },
  submit: (deps, { actor, params, input: { reason } }) =>
    proposeChange(deps, actor, payoutRunApproval, { input: { number: params['number'] ?? '' }, reason }),
  done: (_, { params }) => ({ to: runHref(params['number']!), flash: 'billing.payouts.propose.done' }),
  page: proposePage,
});

export const discardPage = definePage({
  name: 'billing.payout-discard',
  path: `${RUN}/discard`,
  permission: 'payouts:propose',
  load: (deps, { actor, params }) => reviewPayoutRun(deps, actor, params['number'] ?? ''),
  view: stepView('discard'),
  template: sections,
});

/** What it would have paid is due again. */
export const discardForm = defineForm({
  name: 'billing.payout-discard-form',
  path: `${RUN}/discard`,
  permission: 'payouts:propose',
  fields: {},
  submit: (deps, { actor, params }) => discardPayoutRun(deps, actor, { number: params['number'] ?? '' }),
  done: (_, { params }) => ({ to: runHref(params['number']!), flash: 'billing.payouts.discard.done' }),
  page: discardPage,
});

export const writePage = definePage({
  name: 'billing.payout-write',
  path: `${RUN}/write`,
  permission: 'payouts:propose',
  load: (deps, { actor, params }) => reviewPayoutRun(deps, actor, params['number'] ?? ''),
  view: stepView('write'),
  template: sections,
});

/** Sends the run: once, however often the form is posted. */
export const writeForm = defineForm({
  name: 'billing.payout-write-form',
  path: `${RUN}/write`,
  permission: 'payouts:propose',
  fields: {},
  stepUp: true,
  submit: (deps, { actor, params }) => writePayoutFile(deps, actor, { number: params['number'] ?? '' }),
  done: ({ isFirst }, { params }) => ({
    to: runHref(params['number']!),
    flash: isFirst ? 'billing.payouts.write.done' : 'billing.payouts.write.done-before',
  }),
  page: writePage,
});

/** The bytes that were sent, for the bank. */
export const payoutFile = defineDownload({
  name: 'billing.payout-file',
  path: `${RUN}/file`,
  permission: 'payouts:propose',
  load: (deps, { actor, params }) => readPayoutFile(deps, actor, { number: params['number'] ?? '' }),
});
