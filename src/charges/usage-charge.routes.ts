import { defineEndpoint } from '../api/define-endpoint.ts';
import { presentCharges } from './charge.presenter.ts';
import { chargeSchema } from './charge.schema.ts';
import { chargeUsages, usageItemOf } from './usage-charge.presenter.ts';
import { decideUsages } from './record-usage-charges.ts';
import {
  BATCH_LIMIT_BYTES,
  documentedUsageBatchSchema,
  usageBatchSchema,
  usageChargeSchema,
  usageOutcomesSchema,
} from './usage-charge.schema.ts';

const example = {
  consent: 'cs_01JV0000000000000000000000',
  amount: 250,
  tax_code: 'standard',
  description: '楽曲1曲',
  reference: 'track-9',
  item_key: 'play-20260510-000017',
} as const;

const create = defineEndpoint({
  name: 'createUsageCharge',
  method: 'post',
  path: '/v1/usage-charges',
  scope: 'charges:write',
  summary: 'Charge a use under a standing consent; it is captured at once',
  description:
    'With an `item_key` the same use is never charged twice, however long ago and in whichever request it came first: it is answered with its charge.',
  body: usageChargeSchema,
  exampleBody: example,
  status: 201,
  answer: chargeSchema,
  problems: [
    'consent-not-found',
    'consent-not-active',
    'entitlement-ended',
    'company-suspended',
    'contract-missing',
    'amount-above-contract',
    'limit-exceeded',
    'period-closed',
    'item-key-reused',
  ],
  handleTogether: async (tx, requests) => {
    const usages = requests.map(({ company, body }) => ({ companyId: company.id, ...usageItemOf(body) }));
    const { outcomes, persist } = await decideUsages(tx, usages);
    const charged = outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [] : [outcome.charge]));
    const charges = (await presentCharges(tx, charged)).values();
    return {
      answers: outcomes.map((outcome) =>
        outcome.kind === 'refused' ? outcome.problem : charges.next().value!,
      ),
      persist,
    };
  },
});

const createMany = defineEndpoint({
  name: 'createUsageCharges',
  method: 'post',
  path: '/v1/usage-charges/batch',
  scope: 'charges:write',
  summary: 'Charge up to 1,000 uses in one request, with an outcome each',
  description:
    'Items are taken in order and each has its own outcome: a wrong or refused one harms no other. The answer is 200 even when every item is refused. Give each use an `item_key`, and a corrected request or file can be sent again as a whole: what was charged before is not charged again.',
  body: usageBatchSchema,
  documentedBody: documentedUsageBatchSchema,
  exampleBody: { charges: [example] },
  bodyLimitBytes: BATCH_LIMIT_BYTES,
  status: 200,
  answer: usageOutcomesSchema,
  problems: [],
  handle: async (deps, { company, body }) => {
    const outcomes = await chargeUsages(deps, company, body.charges);
    const refused = outcomes.filter((outcome) => 'problem' in outcome).length;
    const replayed = outcomes.filter((outcome) => 'replayed' in outcome).length;
    return { outcomes, captured: outcomes.length - replayed - refused, replayed, refused };
  },
});

/** Usage charges, one or many. */
export const usageChargeEndpoints = [create, createMany];
