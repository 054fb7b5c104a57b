import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { readListFilters } from '../api/list-filters.ts';
import { defineGet, defineList } from '../api/resource-endpoints.ts';
import { requireStoredId } from '../shared/public-id.rules.ts';
import { createSubscription } from './create-subscription.ts';
import { cancelSubscription } from './cancel-subscription.ts';
import { presentSubscription, presentSubscriptions } from './subscription.presenter.ts';
import { getSubscription, listSubscriptions } from './subscription.queries.ts';
import { newSubscriptionSchema, subscriptionFilters, subscriptionSchema } from './subscription.schema.ts';

const create = defineEndpoint({
  name: 'createSubscription',
  method: 'post',
  path: '/v1/subscriptions',
  permission: 'subscriptions:write',
  summary: 'Create a subscription',
  description:
    'Creates a pending subscription to a monthly item. Send the subscriber to `confirm_url`; whole months are then charged automatically.',
  body: newSubscriptionSchema,
  exampleBody: {
    service: 'video',
    item: 'unlimited',
    amount: 1100,
    tax_code: 'standard',
    description: '動画見放題プラン',
    reference: 'member-77',
    charge_day: 1,
    first_month_free: true,
    return_url: 'https://shop.example/welcome',
  },
  status: 201,
  response: subscriptionSchema,
  problems: [
    'service-not-found',
    'company-suspended',
    'contract-missing',
    'service-incomplete',
    'amount-above-contract',
    'return-url-not-allowed',
  ],
  handle: async (deps, { actor, body }) => {
    const subscription = await createSubscription(deps, actor, {
      serviceCode: body.service,
      itemCode: body.item,
      amountMinor: BigInt(body.amount),
      taxCode: body.tax_code,
      description: body.description,
      reference: body.reference,
      chargeDay: body.charge_day,
      firstMonthFree: body.first_month_free ?? false,
      lastMonthFree: body.last_month_free ?? false,
      returnUrl: body.return_url,
    });
    return presentSubscription(deps, subscription);
  },
});

const list = defineList({
  kind: 'subscription',
  name: 'listSubscriptions',
  path: '/v1/subscriptions',
  permission: 'subscriptions:read',
  summary: 'List subscriptions',
  description: 'Lists subscriptions, newest first.',
  filters: subscriptionFilters,
  title: 'SubscriptionList',
  item: subscriptionSchema,
  find: (deps, actor, { limit, after, state, reference, ...filters }) =>
    listSubscriptions(deps, actor, { limit, after, state, reference, ...readListFilters(filters) }),
  present: presentSubscriptions,
});

const get = defineGet({
  kind: 'subscription',
  name: 'getSubscription',
  path: '/v1/subscriptions/:id',
  permission: 'subscriptions:read',
  summary: 'Get a subscription',
  description: 'Returns one subscription.',
  response: subscriptionSchema,
  get: getSubscription,
  present: presentSubscription,
});

const cancel = defineEndpoint({
  name: 'cancelSubscription',
  method: 'post',
  path: '/v1/subscriptions/:id/cancel',
  permission: 'subscriptions:cancel',
  summary: 'Cancel a subscription',
  description: 'The month of leaving is the last one that is charged.',
  exampleId: exampleIds.subscription,
  status: 200,
  response: subscriptionSchema,
  problems: ['subscription-not-found', 'illegal-state'],
  handle: async (deps, { actor, params }) => {
    const subscriptionId = requireStoredId('subscription', params['id']);
    return presentSubscription(deps, await cancelSubscription(deps, actor, { subscriptionId }));
  },
});

/** Monthly subscriptions. */
export const subscriptionEndpoints = [create, list, get, cancel];
