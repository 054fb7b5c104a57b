import { defineEndpoint } from '../api/define-endpoint.ts';
import { exampleIds } from '../api/example-ids.ts';
import { chargeSchema } from './charge.schema.ts';
import { chargeUsages, presentCharged, usageItemOf } from './usage-charge.presenter.ts';
import { decideUsages } from './decide-usages.ts';
import { usageOf } from './record-usage-charges.ts';
import {
  BATCH_LIMIT_BYTES,
  documentedUsageBatchSchema,
  usageBatchSchema,
  usageChargeSchema,
  usageOutcomesSchema,
} from './usage-charge.schema.ts';

const example = {
  consent: exampleIds.consent,
  amount: 250,
  tax_code: 'standard',
  description: '楽曲1曲',
  reference: 'track-9',
  item_key: 'play-20260510-000017',
} as const;

const exampleOfEndedConsent = {
  ...example,
  consent: exampleIds.endedConsent,
  reference: 'track-12',
  item_key: 'play-20260510-000018',
} as const;

const create = defineEndpoint({
  name: 'createUsageCharge',
  method: 'post',
  path: '/v1/usage-charges',
  permission: 'charges:write',
  summary: 'Charge a use',
  description:
    'Charges one use under a consent and captures it at once, without the subscriber. With an `item_key`, the same use is never charged twice, however long ago and in whichever request it was sent first: the existing charge is returned.',
  body: usageChargeSchema,
  exampleBody: example,
  status: 201,
  response: chargeSchema,
  problems: [
    'consent-not-found',
    'partner-not-found',
    'consent-not-active',
    'entitlement-ended',
    'company-suspended',
    'contract-missing',
    'line-not-eligible',
    'amount-above-consent',
    'amount-above-contract',
    'purchase-not-permitted',
    'limit-exceeded',
    'period-closed',
    'item-key-reused',
  ],
  handleTogether: async (tx, requests) => {
    const usages = requests.map(({ actor, body }) => usageOf(actor, usageItemOf(body)));
    const { outcomes, persist } = await decideUsages(tx, usages);
    const charges = (await presentCharged(tx, outcomes)).values();
    return {
      responses: outcomes.map((outcome) =>
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
  permission: 'charges:write',
  summary: 'Charge up to 1,000 uses',
  description:
    'Charges the items in order. Each has its own outcome: an invalid or refused item does not affect the others, and the status is 200 even if every item is refused. If each use has an `item_key`, a corrected request can be sent again as a whole: items charged earlier are not charged again.',
  body: usageBatchSchema,
  documentedBody: documentedUsageBatchSchema,
  exampleBody: { charges: [example, exampleOfEndedConsent] },
  bodyLimitBytes: BATCH_LIMIT_BYTES,
  status: 200,
  response: usageOutcomesSchema,
  problems: [],
  handle: async (deps, { actor, body }) => {
    const outcomes = await chargeUsages(deps, actor, body.charges);
    const refused = outcomes.filter((outcome) => 'problem' in outcome).length;
    const replayed = outcomes.filter((outcome) => 'replayed' in outcome).length;
    return { outcomes, captured: outcomes.length - replayed - refused, replayed, refused };
  },
});

/** Usage charges, one or many. */
export const usageChargeEndpoints = [create, createMany];
