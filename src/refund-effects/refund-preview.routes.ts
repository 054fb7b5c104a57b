import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { apiFields, completeObject, idOf } from '../api/field-schemas.ts';
import type { Deps } from '../deps.ts';
import { refundProblems } from '../refunds/refund.routes.ts';
import { publicId, requireStoredId } from '../shared/public-id.rules.ts';
import type { FromSchema, ObjectSchema } from '../shared/schema-type.ts';
import type { MonthFigures } from './company-effect.rules.ts';
import { previewRefund, type RefundEffect } from './preview-refund.ts';

const figure = (description: string) => ({ type: 'integer', description }) as const;

const monthSchema = completeObject('SettlementPreview', {
  total: figure('Charges of the month so far, less the refunds booked in it.'),
  lines: figure('Distinct lines that are billed.'),
  items: figure('Charges that are billed.'),
  fee: figure('Our fee before tax, by the tariff of the month.'),
  fee_tax: figure('Consumption tax on the fee.'),
  net: figure('`total` less the fee and its tax, without what is carried over from earlier months.'),
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
    'Returns what a refund would do now, by the same rules: to the charge, and to your settlement of the month. Nothing is refunded.',
  body: previewSchema,
  exampleBody: { amount: 250 },
  exampleId: exampleIds.charge,
  status: 200,
  response: refundEffectSchema,
  problems: [...refundProblems, 'contract-missing'],
  handle: async (deps, { actor, params, body }) => {
    const amountMinor = body.amount === undefined ? undefined : BigInt(body.amount);
    const input = { chargeId: requireStoredId('charge', params['id']), amountMinor };
    return present(deps, await previewRefund(deps, actor, input));
  },
});

function present({ config }: Deps, effect: RefundEffect): FromSchema<typeof refundEffectSchema> {
  const { charge, amountMinor, leftMinor, paidBy, billingPeriod, needsApproval, company } = effect;
  const { before, after } = company ?? { before: NOTHING, after: NOTHING };
  return {
    charge: publicId('charge', charge.id),
    amount: Number(amountMinor),
    left: Number(leftMinor),
    currency: config.currency,
    paid_by: paidBy,
    billing_period: billingPeriod,
    needs_approval: needsApproval !== undefined,
    turns_negative: before.netMinor >= 0n && after.netMinor < 0n,
    before: presentMonth(before),
    after: presentMonth(after),
  };
}

/** Of a company that has no tariff in force any more. */
const NOTHING: MonthFigures = {
  totalMinor: 0n,
  lineCount: 0,
  itemCount: 0,
  feeExTaxMinor: 0n,
  feeTaxMinor: 0n,
  netMinor: 0n,
};

function presentMonth(month: MonthFigures): FromSchema<typeof monthSchema> {
  return {
    total: Number(month.totalMinor),
    lines: month.lineCount,
    items: month.itemCount,
    fee: Number(month.feeExTaxMinor),
    fee_tax: Number(month.feeTaxMinor),
    net: Number(month.netMinor),
  };
}

/** What a refund would do. */
export const refundPreviewEndpoints = [preview];
