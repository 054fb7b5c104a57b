import type { Actor } from '../../src/access/actor.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import type { Deps } from '../../src/deps.ts';
import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { cancelMonth } from '../../src/refunds/cancel-month.ts';
import { refundAccountApproval } from '../../src/refunds/refund-account-approval.ts';
import { proposeRefund } from '../../src/refunds/refund-approval.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { proposeReopening } from '../../src/refunds/reopen-refund-approval.ts';
import { refundReasonCodes } from '../../src/refunds/refund-reason.rules.ts';
import { getRefund, listRefunds } from '../../src/refunds/refund.queries.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import {
  amount,
  date,
  month,
  oneOf,
  optional,
  publicIdOf,
  required,
  text,
  wholeNumber,
  withDefault,
} from '../cli/options.ts';
import { accountOf, accountOptions } from './bank-account-commands.ts';
import { howToDecide, reason } from './propose.ts';

const SAMPLE = '01JV5Q8Z3M7N2X4K6T9W1B0C5D';
const example = `--charge ch_${SAMPLE} --reason defective`;

const own = {
  note: optional(text('TEXT'), 'for the record'),
  reference: optional(text('TEXT'), 'your own, such as the number of a letter'),
};

const wanted = {
  charge: required(publicIdOf('charge'), 'the captured charge', { field: 'chargeId' }),
  amount: optional(amount, 'all that is left, unless it is given', { field: 'amountMinor' }),
  reason: required(oneOf('REASON', refundReasonCodes), `one of ${refundReasonCodes.join(', ')}`),
  ...own,
};

/** What is given back of captured charges. */
export const refundCommands: readonly Command[] = [
  defineCommand({
    name: 'refund create',
    summary: 'refund a captured charge: all that is left of it, or less',
    changes: true,
    options: wanted,
    example,
    run: async (deps, { charge: chargeId, amount: amountMinor, ...input }, { actor }) => {
      const { id } = await refundCharge(deps, actor, { chargeId, amountMinor, ...input });
      return showRefund(deps, actor, id);
    },
  }),
  defineCommand({
    name: 'refund preview',
    summary:
      'show what a refund would do: to the charge, the company’s month and the next invoice of the line',
    changes: false,
    options: { charge: wanted.charge, amount: wanted.amount },
    example: `--charge ch_${SAMPLE}`,
    run: async (deps, { charge: chargeId, amount: amountMinor }, { actor }) => {
      const { charge, company, invoice, needsApproval, ...effect } = await previewRefund(deps, actor, {
        chargeId,
        amountMinor,
      });
      const shown = { charge: publicId('charge', charge.id), ...effect };
      return {
        item: {
          ...shown,
          needsApproval: needsApproval ?? null,
          company: company ?? null,
          invoice: invoice ?? null,
        },
        shown: {
          ...shown,
          needsApproval: needsApproval ?? null,
          companyTotal: company && `${company.before.totalMinor} → ${company.after.totalMinor}`,
          companyLines: company && `${company.before.lineCount} → ${company.after.lineCount}`,
          companyFee: company && `${company.before.feeExTaxMinor} → ${company.after.feeExTaxMinor}`,
          companyNet: company && `${company.before.netMinor} → ${company.after.netMinor}`,
          companyPayout: company && `${company.before.payoutMinor} → ${company.after.payoutMinor}`,
          companyCarriedOut:
            company && `${company.before.carriedOutMinor} → ${company.after.carriedOutMinor}`,
          nextInvoice: invoice && `${invoice.beforeMinor} → ${invoice.afterMinor}`,
        },
        notes: ['Nothing is refunded.'],
      };
    },
  }),
  defineCommand({
    name: 'refund propose',
    summary: 'propose a refund above the limits of one person, or past the days of the contract',
    changes: true,
    options: { ...wanted, why: required(text('TEXT'), 'why, for the person who approves it') },
    example: `${example} --why "letter of 1 March"`,
    run: async (deps, { charge: chargeId, amount: amountMinor, why, ...input }, { actor }) => {
      const id = await proposeRefund(deps, actor, { refund: { chargeId, amountMinor, ...input }, why });
      const approval = publicId('approval', id);
      const item = { approval, charge: publicId('charge', chargeId), amountMinor: amountMinor ?? null };
      return { item, notes: ['Nothing is refunded yet.', howToDecide(id)] };
    },
  }),
  defineCommand({
    name: 'refund cancel-month',
    summary: 'refund all that is left of the charge of one month of a subscription, which continues',
    changes: true,
    options: {
      subscription: required(publicIdOf('subscription'), 'the subscription', { field: 'subscriptionId' }),
      month: required(month, 'the month'),
      ...own,
    },
    example: `--subscription sb_${SAMPLE} --month 2026-05`,
    run: async (deps, { subscription: subscriptionId, ...input }, { actor }) => {
      const { id } = await cancelMonth(deps, actor, { subscriptionId, ...input });
      return showRefund(deps, actor, id);
    },
  }),
  defineCommand({
    name: 'refund account',
    summary:
      'propose the bank account of a former holder, to whom refunds are paid; another person approves it',
    changes: true,
    reveals: { what: 'personal_data', of: { option: 'line', kind: 'line' } },
    options: {
      line: required(text('LINE'), 'the line', { field: 'lineId' }),
      'holder-from': required(date, 'first day of the holding'),
      ...accountOptions,
      reason,
    },
    example:
      '--line CAF0000000001 --holder-from 2026-01-01 --bank-code 9999 --bank-name ミホン --branch-code 001 --branch-name ホンテン --account-number 1234567 --account-holder "トウザイ ハナコ" --reason "letter of 1 March"',
    run: async (deps, { line: lineId, holderFrom, reason: why, ...options }, { actor }) => {
      const proposal = { input: { lineId, holderFrom, ...accountOf(deps, options) }, reason: why };
      const id = await proposeChange(deps, actor, refundAccountApproval, proposal);
      return {
        item: { approval: publicId('approval', id) },
        notes: ['Nothing has changed yet.', howToDecide(id)],
      };
    },
  }),
  defineCommand({
    name: 'refund reopen',
    summary:
      'propose to pay what was collected after a refund by bank was cancelled; another person approves it',
    changes: true,
    options: { refund: required(publicIdOf('refund'), 'the refund', { field: 'refundId' }), reason },
    example: `--refund rf_${SAMPLE} --reason "paid on 8 June"`,
    run: async (deps, { refund: refundId, reason: why }, { actor }) => {
      const { approvalId, amountMinor } = await proposeReopening(deps, actor, { refundId, why });
      return {
        item: {
          approval: publicId('approval', approvalId),
          refund: publicId('refund', refundId),
          amountMinor,
        },
        notes: ['Nothing has changed yet.', howToDecide(approvalId)],
      };
    },
  }),
  defineCommand({
    name: 'refund list',
    summary: 'list refunds, the newest first',
    changes: false,
    options: {
      charge: optional(publicIdOf('charge'), 'only those of this charge', { field: 'chargeId' }),
      reference: optional(text('TEXT'), 'only those with this reference'),
      limit: withDefault(wholeNumber('N', { from: 1, to: 1000 }), '100', 'at most so many'),
    },
    example: `--charge ch_${SAMPLE}`,
    run: async (deps, { charge: chargeId, reference, limit }, { actor }) => ({
      list: (await listRefunds(deps, actor, { chargeId, reference, limit })).map(presentRow),
      none: 'No refund.',
    }),
  }),
  defineCommand({
    name: 'refund show',
    summary: 'show a refund: of what, how much, why, by whom, and how it is paid',
    changes: false,
    options: { refund: required(publicIdOf('refund'), 'the refund') },
    example: `--refund rf_${SAMPLE}`,
    run: (deps, { refund }, { actor }) => showRefund(deps, actor, refund),
  }),
];

async function showRefund(deps: Deps, actor: Actor, id: string) {
  return { item: presentRow(await getRefund(deps, actor, id)) };
}

function presentRow(refund: Awaited<ReturnType<typeof getRefund>>) {
  const { id, chargeId, amountMinor, refundedBeforeMinor, kind, approvalId, createdBy, createdAt } = refund;
  return {
    refund: publicId('refund', id),
    charge: publicId('charge', chargeId),
    amountMinor,
    refundedMinor: refundedBeforeMinor + amountMinor,
    reason: refund.reason,
    paidBy: kind,
    businessDate: refund.businessDate,
    billingPeriod: refund.billingPeriod,
    note: refund.note ?? null,
    reference: refund.reference ?? null,
    by: createdBy,
    approval: approvalId ? publicId('approval', approvalId) : null,
    createdAt,
  };
}
