import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { holdSettlement, releaseSettlement } from '../../../settlements/hold-settlement.ts';
import { rejectSettlement } from '../../../settlements/reject-settlement.ts';
import { settlementApproval } from '../../../settlements/settlement-approval.ts';
import { getSettlement } from '../../../settlements/settlement.queries.ts';
import { correctStatement } from '../../../statements/correct-statement.ts';
import { defineForm } from '../../kit/define-form.ts';
import { countField, textField } from '../../kit/form-fields.ts';
import { correctPage, holdPage, proposePage, rejectPage, releasePage } from './settlement.pages.ts';
import { settlementHref } from './settlements.query.ts';

const reason = textField({ label: 'billing.settlements.reason', maxLength: 300 });
const numberOf = (params: Readonly<Record<string, string>>) => params['number'] ?? '';

/** Proposes the draft that the page showed: one that was drawn up again since is another one. */
export const proposeForm = defineForm({
  name: 'billing.propose-settlement-form',
  path: '/billing/settlements/:number/propose',
  permission: 'settlements:propose',
  fields: { reason, revision: countField('billing.settlements.draft', { min: 1, max: 65_535 }) },
  submit: (deps, { actor, params, input: { reason: why, revision } }) =>
    proposeChange(deps, actor, settlementApproval, {
      input: { number: numberOf(params), revision },
      reason: why,
    }),
  done: (_, { params }) => ({
    to: settlementHref(numberOf(params)),
    flash: 'billing.settlements.proposed',
  }),
  page: proposePage,
});

/** Rejects a draft, and the proposal that waits for it. */
export const rejectForm = defineForm({
  name: 'billing.reject-settlement-form',
  path: '/billing/settlements/:number/reject',
  permission: 'settlements:reject',
  fields: { reason },
  submit: (deps, { actor, params, input }) =>
    rejectSettlement(deps, actor, { number: numberOf(params), reason: input.reason }),
  done: (_, { params }) => ({
    to: settlementHref(numberOf(params)),
    flash: 'billing.settlements.rejected',
  }),
  page: rejectPage,
});

/** Holds the payout of an approved settlement. */
export const holdForm = defineForm({
  name: 'billing.hold-settlement-form',
  path: '/billing/settlements/:number/hold',
  permission: 'settlements:approve',
  fields: { reason },
  submit: (deps, { actor, params, input }) =>
    holdSettlement(deps, actor, { number: numberOf(params), reason: input.reason }),
  done: (_, { params }) => ({ to: settlementHref(numberOf(params)), flash: 'billing.settlements.was-held' }),
  page: holdPage,
});

/** Lets a held payout go: money moves again, so it needs a fresh factor. */
export const releaseForm = defineForm({
  name: 'billing.release-settlement-form',
  path: '/billing/settlements/:number/release',
  permission: 'settlements:approve',
  stepUp: true,
  fields: { reason },
  submit: (deps, { actor, params, input }) =>
    releaseSettlement(deps, actor, { number: numberOf(params), reason: input.reason }),
  done: (_, { params }) => ({
    to: settlementHref(numberOf(params)),
    flash: 'billing.settlements.was-released',
  }),
  page: releasePage,
});

/** Issues a corrected statement. */
export const correctForm = defineForm({
  name: 'billing.correct-statement-form',
  path: '/billing/settlements/:number/correct',
  permission: 'statements:correct',
  fields: { reason },
  submit: async (deps, { actor, params, input }) => {
    const { company: companyCode, billingPeriod: period } = await getSettlement(
      deps,
      actor,
      numberOf(params),
    );
    return correctStatement(deps, actor, { companyCode, period, reason: input.reason });
  },
  done: (_, { params }) => ({
    to: settlementHref(numberOf(params)),
    flash: 'billing.settlements.was-corrected',
  }),
  page: correctPage,
});
