import { endConsentForSupport } from '../../src/consents/grant-consent.ts';
import { cancelChargeForSupport } from '../../src/charges/cancel-charge.ts';
import { getChargeForSupport, listAgreements } from '../../src/charges/support.queries.ts';
import type { Deps } from '../../src/deps.ts';
import { normaliseIssuedId } from '../../src/identity/issued-id.rules.ts';
import { publicId, requireStoredId } from '../../src/shared/public-id.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import type { Command } from './command.ts';

const charge = { describe: 'the charge, as its seller calls it', value: 'ch_…', required: true };
const subscription = { describe: 'the subscription', value: 'sb_…', required: true };
const consent = { describe: 'the consent', value: 'cs_…', required: true };
const SAMPLE = '01JV0000000000000000000000';

/** What the support centre does for a subscriber who calls: look up, and end what goes on. */
export const supportCommands: readonly Command[] = [
  {
    noun: 'charge',
    verb: 'show',
    summary: 'show a charge: what, from whom, on which line, and what became of it',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'charge', kind: 'charge' } },
    options: { charge },
    example: `--charge ch_${SAMPLE}`,
    run: async (deps, given) => showCharge(deps, requireStoredId('charge', given.text('charge'))),
  },
  {
    noun: 'charge',
    verb: 'cancel',
    summary: 'cancel a charge that is not captured yet; what it reserved of the limit is free again',
    changes: true,
    reveals: { what: 'personal_data', of: { option: 'charge', kind: 'charge' } },
    options: { charge },
    example: `--charge ch_${SAMPLE}`,
    run: async (deps, given, { actor }) => {
      const chargeId = requireStoredId('charge', given.text('charge'));
      await cancelChargeForSupport(deps, { chargeId, actor });
      return showCharge(deps, chargeId);
    },
  },
  {
    noun: 'subscriber',
    verb: 'agreements',
    summary: 'list the subscriptions and consents of an issued ID, ended ones too',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'id', kind: 'issued_id' } },
    options: { id: { describe: 'issued ID', value: 'ID', required: true } },
    example: '--id F12345678901',
    run: async (deps, given) => {
      const agreements = await listAgreements(deps, normaliseIssuedId(given.text('id')));
      return { list: agreements.map(({ kind, id, ...rest }) => ({ id: publicId(kind, id), ...rest })) };
    },
  },
  {
    noun: 'subscription',
    verb: 'end',
    summary: 'end a subscription from today; the month of leaving is its last and still billed',
    changes: true,
    options: { subscription },
    example: `--subscription sb_${SAMPLE}`,
    run: async (deps, given, { actor }) => {
      const subscriptionId = requireStoredId('subscription', given.text('subscription'));
      const { id, state, leftOn } = await cancelSubscription(deps, { subscriptionId, by: 'support', actor });
      return { item: { subscription: publicId('subscription', id), state, leftOn } };
    },
  },
  {
    noun: 'consent',
    verb: 'end',
    summary: 'end a consent for good; no use is charged under it any more',
    changes: true,
    options: { consent },
    example: `--consent cs_${SAMPLE}`,
    run: async (deps, given, { actor }) => {
      const consentId = requireStoredId('consent', given.text('consent'));
      const { id, state, endedAt } = await endConsentForSupport(deps, { consentId, actor });
      return { item: { consent: publicId('consent', id), state, endedAt } };
    },
  },
];

async function showCharge(deps: Deps, chargeId: string) {
  const row = await getChargeForSupport(deps, chargeId);
  return { item: { charge: publicId('charge', chargeId), ...row } };
}
