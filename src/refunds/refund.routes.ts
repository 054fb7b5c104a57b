import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { readListFilters } from '../api/list-filters.ts';
import { takenIdOf, pageOf, pageQuery } from '../api/field-schemas.ts';
import { publicId, requireStoredId, takenStoredId } from '../shared/public-id.rules.ts';
import type { ObjectSchema } from '../shared/schema-type.ts';
import { cancelMonth } from './cancel-month.ts';
import { refundCharge } from './refund-charge.ts';
import { presentRefund, presentRefunds } from './refund.presenter.ts';
import { getRefund, listRefunds, listRefundsOfCharge } from './refund.queries.ts';
import { cancelledMonthSchema, newRefundSchema, refundFilters, refundSchema } from './refund.schema.ts';

/** Refusals of a refund, whatever asks for it. */
export const refundProblems = [
  'charge-not-found',
  'not-captured',
  'refund-too-large',
  'partial-not-allowed',
  'refund-window-passed',
  'claim-returned',
  'refund-needs-approval',
] as const;

const create = defineEndpoint({
  name: 'createRefund',
  method: 'post',
  path: '/v1/charges/:id/refunds',
  permission: 'refunds:write',
  summary: 'Refund a charge',
  description:
    'Refunds a captured charge: all that is left of it, or less. A charge can be refunded several times until its captured amount is used up. The line gets the money back with its next bill, and your next settlement deducts it.',
  body: newRefundSchema,
  exampleBody: { amount: 250, reason: 'defective', note: '音声の不具合', reference: 'return-31' },
  exampleId: exampleIds.charge,
  status: 201,
  response: refundSchema,
  problems: refundProblems,
  handle: async (deps, { actor, params, body }) => {
    const { amount, reason, note, reference } = body;
    const amountMinor = amount === undefined ? undefined : BigInt(amount);
    const chargeId = requireStoredId('charge', params['id']);
    return presentRefund(
      deps,
      await refundCharge(deps, actor, { chargeId, amountMinor, reason, note, reference }),
    );
  },
});

const list = defineList({
  kind: 'refund',
  name: 'listRefunds',
  path: '/v1/refunds',
  permission: 'refunds:read',
  summary: 'List refunds',
  description: 'Lists refunds, those that we made too, newest first.',
  filters: refundFilters,
  title: 'RefundList',
  item: refundSchema,
  find: (deps, actor, { limit, after, charge, subscription, billing_period, reference, ...filters }) =>
    listRefunds(deps, actor, {
      limit,
      after,
      ...readListFilters(filters),
      chargeId: takenStoredId('charge', charge),
      subscriptionId: takenStoredId('subscription', subscription),
      billingPeriod: billing_period,
      reference,
    }),
  present: presentRefunds,
});

const get = defineGet({
  kind: 'refund',
  name: 'getRefund',
  path: '/v1/refunds/:id',
  permission: 'refunds:read',
  summary: 'Get a refund',
  description: 'Returns one refund.',
  response: refundSchema,
  get: getRefund,
  present: presentRefund,
});

const ofChargeQuery = {
  type: 'object',
  properties: {
    ...pageQuery,
    after: { ...takenIdOf('refund'), description: 'Cursor: `next` of the previous page.' },
  },
  required: ['limit'],
  additionalProperties: false,
} as const satisfies ObjectSchema;

const listOfCharge = defineEndpoint({
  name: 'listRefundsOfCharge',
  method: 'get',
  path: '/v1/charges/:id/refunds',
  permission: 'refunds:read',
  summary: 'List the refunds of a charge',
  description: 'Lists the refunds of one charge, newest first.',
  query: ofChargeQuery,
  exampleId: exampleIds.charge,
  status: 200,
  response: pageOf('RefundList', refundSchema, 'refund'),
  problems: ['charge-not-found'],
  handle: async (deps, { actor, params, query: { limit, after: cursor } }) => {
    const chargeId = requireStoredId('charge', params['id']);
    const after = cursor === undefined ? undefined : requireStoredId('refund', cursor);
    const rows = await listRefundsOfCharge(deps, actor, { chargeId, limit: limit + 1, after });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await presentRefunds(deps, shown), next: last ? publicId('refund', last.id) : null };
  },
});

const cancelOneMonth = defineEndpoint({
  name: 'cancelSubscriptionMonth',
  method: 'post',
  path: '/v1/subscriptions/:id/cancel-month',
  permission: 'refunds:write',
  summary: 'Cancel a month of a subscription',
  description:
    'Refunds all that is left of the charge of one month. The subscription continues. A subscriber who cancels it and joins again in that month is charged for it.',
  body: cancelledMonthSchema,
  exampleBody: { month: '2026-05', reference: 'return-32' },
  exampleId: exampleIds.subscription,
  status: 201,
  response: refundSchema,
  problems: ['subscription-not-found', 'month-not-charged', ...refundProblems],
  handle: async (deps, { actor, params, body }) => {
    const subscriptionId = requireStoredId('subscription', params['id']);
    return presentRefund(deps, await cancelMonth(deps, actor, { subscriptionId, ...body }));
  },
});

/** Refunds of captured charges, and of months of subscriptions. */
export const refundEndpoints = [create, listOfCharge, list, get, cancelOneMonth];
