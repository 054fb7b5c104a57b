import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { readListFilters } from '../api/list-filters.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import { createPaymentRequest } from './create-payment-request.ts';
import { presentPaymentRequest, presentPaymentRequests } from './payment-request.presenter.ts';
import { getPaymentRequest, listPaymentRequests } from './payment-request.queries.ts';
import {
  newPaymentRequestSchema,
  paymentRequestFilters,
  paymentRequestSchema,
} from './payment-request.schema.ts';
import { withdrawPaymentRequest } from './withdraw-payment-request.ts';

const create = defineEndpoint({
  name: 'createPaymentRequest',
  method: 'post',
  path: '/v1/payment-requests',
  permission: 'payment-requests:write',
  summary: 'Request a payment',
  description:
    'Asks somebody for a payment by a line ID, a telephone number or an issued ID. They get a mail, see the request on their own pages, and confirm it there. The response is the same whether or not there is such a subscriber.',
  body: newPaymentRequestSchema,
  exampleBody: {
    service: 'video',
    amount: 1800,
    tax_code: 'standard',
    description: '出張設定サポート（30分）',
    to_kind: 'telephone',
    to: '03-5550-1234',
    reference: 'visit-204',
  },
  status: 201,
  response: paymentRequestSchema,
  problems: [
    'addressee-mistyped',
    'payment-request-limit',
    'service-not-found',
    'company-suspended',
    'contract-missing',
    'service-incomplete',
    'amount-above-contract',
  ],
  handle: async (deps, { actor, body }) => {
    const request = await createPaymentRequest(deps, actor, {
      serviceCode: body.service,
      amountMinor: BigInt(body.amount),
      taxCode: body.tax_code,
      description: body.description,
      toKind: body.to_kind,
      to: body.to,
      reference: body.reference,
      days: body.expires_in_days,
    });
    return presentPaymentRequest(deps, request);
  },
});

const list = defineList({
  kind: 'payment-request',
  name: 'listPaymentRequests',
  path: '/v1/payment-requests',
  permission: 'payment-requests:read',
  summary: 'List payment requests',
  description: 'Lists payment requests, newest first.',
  filters: paymentRequestFilters,
  title: 'PaymentRequestList',
  item: paymentRequestSchema,
  find: (deps, actor, { limit, after, state, reference, ...filters }) =>
    listPaymentRequests(deps, actor, { limit, after, state, reference, ...readListFilters(filters) }),
  present: presentPaymentRequests,
});

const get = defineGet({
  kind: 'payment-request',
  name: 'getPaymentRequest',
  path: '/v1/payment-requests/:id',
  permission: 'payment-requests:read',
  summary: 'Get a payment request',
  description: 'Returns one payment request.',
  response: paymentRequestSchema,
  get: getPaymentRequest,
  present: presentPaymentRequest,
});

const withdraw = defineEndpoint({
  name: 'withdrawPaymentRequest',
  method: 'post',
  path: '/v1/payment-requests/:id/withdraw',
  permission: 'payment-requests:write',
  summary: 'Withdraw a payment request',
  description:
    'Takes back a payment request that nobody has decided yet. Withdrawing it again changes nothing.',
  exampleId: exampleIds['payment-request'],
  status: 200,
  response: paymentRequestSchema,
  problems: ['payment-request-not-found', 'illegal-state'],
  handle: async (deps, { actor, params }) =>
    presentPaymentRequest(
      deps,
      await withdrawPaymentRequest(deps, actor, { id: requireStoredId('payment-request', params['id']) }),
    ),
});

/** What companies ask subscribers to pay. */
export const paymentRequestEndpoints = [create, list, get, withdraw];
