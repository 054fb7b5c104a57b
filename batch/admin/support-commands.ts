import { revokeConsent } from '../../src/consents/grant-consent.ts';
import { cancelCharge } from '../../src/charges/cancel-charge.ts';
import { explainCharge, listAgreements } from '../../src/charges/support.queries.ts';
import type { Actor } from '../../src/access/actor.ts';
import type { Deps } from '../../src/deps.ts';
import { normaliseIssuedId } from '../../src/identity/issued-id.rules.ts';
import { publicId } from '../../src/shared/public-id.rules.ts';
import { cancelSubscription } from '../../src/subscriptions/cancel-subscription.ts';
import { defineCommand, type Command } from '../cli/command.ts';
import { publicIdOf, required, text } from '../cli/options.ts';

const charge = required(publicIdOf('charge'), 'identifier of the charge');
const SAMPLE = '01JV5Q8Z3M7N2X4K6T9W1B0C5D';

/** What the support centre does for a subscriber who calls: look up charges and agreements, and end them. */
export const supportCommands: readonly Command[] = [
  defineCommand({
    name: 'charge show',
    summary: 'show a charge: what was sold, by whom, on which line, and its state',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'charge', kind: 'charge' } },
    options: { charge },
    example: `--charge ch_${SAMPLE}`,
    run: (deps, options, { actor }) => showCharge(deps, actor, options.charge),
  }),
  defineCommand({
    name: 'charge cancel',
    summary: 'cancel a charge that is not captured yet; the amount it reserved is released',
    changes: true,
    reveals: { what: 'personal_data', of: { option: 'charge', kind: 'charge' } },
    options: { charge },
    example: `--charge ch_${SAMPLE}`,
    run: async (deps, { charge: chargeId }, { actor }) => {
      await cancelCharge(deps, actor, { chargeId });
      return showCharge(deps, actor, chargeId);
    },
  }),
  defineCommand({
    name: 'subscriber agreements',
    summary: 'list the subscriptions and consents of an issued ID, ended ones too',
    changes: false,
    reveals: { what: 'personal_data', of: { option: 'id', kind: 'issued_id' } },
    options: { id: required(text('ID'), 'issued ID') },
    example: '--id F12345678906',
    run: async (deps, options, { actor }) => {
      const agreements = await listAgreements(deps, actor, normaliseIssuedId(options.id));
      return {
        list: agreements.map(({ kind, id, ...rest }) => ({ id: publicId(kind, id), ...rest })),
        none: `${options.id} has agreed to no subscription and no consent.`,
      };
    },
  }),
  defineCommand({
    name: 'subscription cancel',
    summary: 'cancel a subscription today; the current month is its last and is still billed',
    changes: true,
    options: { subscription: required(publicIdOf('subscription'), 'the subscription') },
    example: `--subscription sb_${SAMPLE}`,
    run: async (deps, { subscription: subscriptionId }, { actor }) => {
      const ended = await cancelSubscription(deps, actor, { subscriptionId });
      const { id, state, leftOn } = ended;
      return { item: { subscription: publicId('subscription', id), state, leftOn } };
    },
  }),
  defineCommand({
    name: 'consent revoke',
    summary: 'revoke a consent for good; no further use is charged under it',
    changes: true,
    options: { consent: required(publicIdOf('consent'), 'the consent') },
    example: `--consent cs_${SAMPLE}`,
    run: async (deps, { consent: consentId }, { actor }) => {
      const { id, state, endedAt } = await revokeConsent(deps, actor, { consentId });
      return { item: { consent: publicId('consent', id), state, endedAt } };
    },
  }),
];

async function showCharge(deps: Deps, actor: Actor, chargeId: string) {
  const row = await explainCharge(deps, actor, chargeId);
  return { item: { charge: publicId('charge', chargeId), ...row } };
}
