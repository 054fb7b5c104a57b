import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { readListFilters } from '../api/list-filters.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { requireStoredId, takenStoredId } from '../shared/public-id.rules.ts';
import { cancelCharge } from './cancel-charge.ts';
import { captureCharge } from './capture-charge.ts';
import { presentCharge, presentCharges } from './charge.presenter.ts';
import { getCharge, listCharges } from './charge.queries.ts';
import { captureSchema, chargeFilters, chargeSchema, newChargeSchema } from './charge.schema.ts';
import { createCharge } from './create-charge.ts';

const create = defineEndpoint({
  name: 'createCharge',
  method: 'post',
  path: '/v1/charges',
  permission: 'charges:write',
  summary: 'Create a one-time charge',
  description:
    'Creates a pending charge. Send the subscriber to `confirm_url`; nothing is billed before the capture.',
  body: newChargeSchema,
  exampleBody: {
    service: 'video',
    amount: 550,
    tax_code: 'standard',
    description: '映画レンタル 48時間',
    reference: 'order-1001',
    return_url: 'https://shop.example/orders/1001',
    capture: 'automatic',
  },
  status: 201,
  response: chargeSchema,
  problems: [
    'service-not-found',
    'partner-not-found',
    'company-suspended',
    'contract-missing',
    'service-incomplete',
    'amount-above-contract',
    'return-url-not-allowed',
  ],
  handle: async (deps, { actor, body }) => {
    const charge = await createCharge(deps, actor, {
      serviceCode: body.service,
      amountMinor: BigInt(body.amount),
      taxCode: body.tax_code,
      description: body.description,
      reference: body.reference,
      partnerCode: body.partner,
      returnUrl: body.return_url,
      automaticCapture: body.capture === 'automatic',
    });
    const [created] = await presentCharges(deps, [charge], () => true);
    return created!;
  },
});

const list = defineList({
  kind: 'charge',
  name: 'listCharges',
  path: '/v1/charges',
  permission: 'charges:read',
  summary: 'List charges',
  description: 'Lists charges of every kind, newest first.',
  filters: chargeFilters,
  title: 'ChargeList',
  item: chargeSchema,
  find: (deps, actor, { kind, state, reference, consent, subscription, billing_period, ...page }) =>
    listCharges(deps, actor, {
      limit: page.limit,
      after: page.after,
      ...readListFilters(page),
      kind,
      state,
      reference,
      consentId: takenStoredId('consent', consent),
      subscriptionId: takenStoredId('subscription', subscription),
      billingPeriod: billing_period,
    }),
  present: presentCharges,
});

const get = defineGet({
  kind: 'charge',
  name: 'getCharge',
  path: '/v1/charges/:id',
  permission: 'charges:read',
  summary: 'Get a charge',
  description: 'Returns one charge of any kind. Read it before you deliver.',
  response: chargeSchema,
  get: getCharge,
  present: presentCharge,
});

const capture = defineEndpoint({
  name: 'captureCharge',
  method: 'post',
  path: '/v1/charges/:id/capture',
  permission: 'charges:write',
  summary: 'Capture a charge',
  description:
    'Bills an authorized charge: the whole amount, or less. A charge is captured once; what is not captured is released.',
  body: captureSchema,
  exampleBody: { amount: 500 },
  exampleId: exampleIds.manualCharge,
  status: 200,
  response: chargeSchema,
  problems: [
    'charge-not-found',
    'illegal-state',
    'entitlement-ended',
    'amount-above-authorized',
    'period-closed',
  ],
  handle: async (deps, { actor, params, body }) => {
    const amountMinor = body.amount === undefined ? undefined : BigInt(body.amount);
    const input = { chargeId: requireStoredId('charge', params['id']), amountMinor };
    return presentCharge(deps, await captureCharge(deps, actor, input));
  },
});

const cancel = defineEndpoint({
  name: 'cancelCharge',
  method: 'post',
  path: '/v1/charges/:id/cancel',
  permission: 'charges:cancel',
  summary: 'Cancel a charge',
  description: 'Cancels a charge that has not been captured. A reserved amount is released.',
  exampleId: exampleIds.charge,
  status: 200,
  response: chargeSchema,
  problems: ['charge-not-found', 'illegal-state'],
  handle: async (deps, { actor, params }) => {
    const input = { chargeId: requireStoredId('charge', params['id']) };
    return presentCharge(deps, await cancelCharge(deps, actor, input));
  },
});

/** One-time charges, and reading charges of every kind. */
export const chargeEndpoints = [create, list, get, capture, cancel];
