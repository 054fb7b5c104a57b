import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { Deps } from '../deps.ts';
import { refundProblems } from '../refunds/refund.routes.ts';
import { publicId, requireStoredId } from '../shared/public-id.rules.ts';
import type { FromSchema, ObjectSchema } from '../shared/schema-type.ts';
import type { MonthFigures } from './company-effect.rules.ts';
import { previewRefund, type CompanyEffect, type RefundEffect } from './preview-refund.ts';

const figure = (description: string) => ({ type: 'integer', description }) as const;

const monthSchema = completeObject('SettlementPreview', {
  total: figure('Charges of the month so far, less the refunds booked in it.'),
  lines: figure('Distinct lines that are billed.'),
  items: figure('Charges that are billed.'),
  fee: figure('Our fee before tax, by the tariff of the month.'),
  fee_branch: {
    enum: ['minimum', 'percent', 'band'],
    description:
      'Which part of the tariff sets the fee: `minimum` per line, `percent` of the total, or `band` of the average per line or of the items.',
  },
  fee_tax: figure('Consumption tax on the fee.'),
  set_up_fee: figure('Set-up fee of the contract before tax, if this settlement bills it; otherwise 0.'),
  set_up_fee_tax: figure('Consumption tax on the set-up fee.'),
  clawbacks: figure('Amounts that lines did not pay and that wait to be deducted.'),
  recoveries: figure('Amounts clawed back earlier that were paid after all.'),
  carried_in: figure(
    'Balance of the months before. If they are not settled yet, it is what they would carry over now.',
  ),
  net: figure('What the settlement comes to, with everything above.'),
  transfer_fee: figure(
    'Transfer fee that is deducted from the payout; 0 if we bear it or nothing is paid out.',
  ),
  payout: figure('Amount that would be paid out.'),
  carried_out: figure(
    'Balance that the next month takes over: negative if you owe it, positive below the minimum payout.',
  ),
});

export const refundEffectSchema = completeObject('RefundPreview', {
  charge: { ...idOf('charge'), description: 'The charge that would be refunded.' },
  amount: { ...apiFields.amount, maximum: 9_999_999_999 },
  left: figure('Amount that could still be refunded afterwards.'),
  currency: apiFields.currency,
  paid_by: {
    enum: ['invoice', 'bank'],
    description:
      '`invoice`: deducted from the bill of the line. `bank`: paid to the former holder of a line that has changed hands.',
  },
  billing_period: {
    type: 'string',
    pattern: '^\\d{4}-\\d{2}$',
    description: 'Month of the settlement that would deduct the refund.',
  },
  needs_approval: {
    type: 'boolean',
    description: 'True if you cannot make this refund yourself: ask our support centre.',
  },
  turns_negative: {
    type: 'boolean',
    description: 'True if the refund takes `net` of the month below zero.',
  },
  unsettled_months: {
    type: 'array',
    items: { type: 'string', pattern: '^\\d{4}-\\d{2}$' },
    description: 'Earlier months that are not settled yet and may still change `carried_in`.',
  },
  before: { ...monthSchema, description: 'Your month without the refund.' },
  after: { ...monthSchema, description: 'Your month with the refund.' },
});

const previewSchema = {
  type: 'object',
  title: 'PreviewedRefund',
  properties: {
    amount: {
      ...apiFields.amount,
      description: 'Amount to refund: at most what is left of the charge, which is also the default.',
    },
  },
  additionalProperties: false,
} as const satisfies ObjectSchema;

const preview = defineEndpoint({
  name: 'previewRefund',
  method: 'post',
  path: '/v1/charges/:id/refunds/preview',
  permission: 'refunds:read',
  summary: 'Preview a refund',
  description:
    'Returns what a refund would do now, by the same rules: to the charge, and to your settlement of the month, as it would be if the month ended now. Nothing is refunded.',
  body: previewSchema,
  exampleBody: { amount: 250 },
  exampleId: exampleIds.charge,
  status: 200,
  response: refundEffectSchema,
  problems: [...refundProblems, 'contract-missing', 'preview-too-slow'],
  handle: async (deps, { actor, params, body }) => {
    const amountMinor = body.amount === undefined ? undefined : BigInt(body.amount);
    const input = { chargeId: requireStoredId('charge', params['id']), amountMinor };
    return present(deps, await previewRefund(deps, actor, input));
  },
});

function present({ config }: Deps, effect: RefundEffect): FromSchema<typeof refundEffectSchema> {
  const { charge, amountMinor, leftMinor, paidBy, billingPeriod, needsApproval, company } = effect;
  const { before, after, unsettledMonths } = company ?? NOTHING;
  return {
    charge: publicId('charge', charge.id),
    amount: Number(amountMinor),
    left: Number(leftMinor),
    currency: config.currency,
    paid_by: paidBy,
    billing_period: billingPeriod,
    needs_approval: needsApproval !== undefined,
    turns_negative: before.netMinor >= 0n && after.netMinor < 0n,
    unsettled_months: [...unsettledMonths],
    before: presentMonth(before),
    after: presentMonth(after),
  };
}

const NO_FIGURES: MonthFigures = {
  totalMinor: 0n,
  lineCount: 0,
  itemCount: 0,
  feeBranch: 'minimum',
  feeExTaxMinor: 0n,
  feeTaxMinor: 0n,
  setUpExTaxMinor: 0n,
  setUpTaxMinor: 0n,
  clawbackMinor: 0n,
  recoveryMinor: 0n,
  carriedInMinor: 0n,
  netMinor: 0n,
  transferFeeMinor: 0n,
  payoutMinor: 0n,
  carriedOutMinor: 0n,
};

/** Of a company that has no tariff in force any more. */
const NOTHING: CompanyEffect = { before: NO_FIGURES, after: NO_FIGURES, unsettledMonths: [] };

function presentMonth(month: MonthFigures): FromSchema<typeof monthSchema> {
  return {
    total: Number(month.totalMinor),
    lines: month.lineCount,
    items: month.itemCount,
    fee: Number(month.feeExTaxMinor),
    fee_branch: month.feeBranch,
    fee_tax: Number(month.feeTaxMinor),
    set_up_fee: Number(month.setUpExTaxMinor),
    set_up_fee_tax: Number(month.setUpTaxMinor),
    clawbacks: Number(month.clawbackMinor),
    recoveries: Number(month.recoveryMinor),
    carried_in: Number(month.carriedInMinor),
    net: Number(month.netMinor),
    transfer_fee: Number(month.transferFeeMinor),
    payout: Number(month.payoutMinor),
    carried_out: Number(month.carriedOutMinor),
  };
}

/** What a refund would do. */
export const refundPreviewEndpoints = [preview];
