import { agreeConsent } from '../../../src/charges/agree-consent.ts';
import { createConsent } from '../../../src/charges/create-consent.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import type { PlannedConsent, PlannedSubscriber } from '../plan/world-plan.ts';
import { companyOf, returnUrlOf, subscriberOf, type DemoWorld } from './demo-world.ts';

export const CONSENT_TEXT = 'ご利用のつどの課金への同意';

/** Issues IDs to the holders of lines, in one transaction. */
export async function issueSubscribers(
  world: DemoWorld,
  subscribers: readonly PlannedSubscriber[],
): Promise<void> {
  const issued = await inTransaction(world.site.deps, async (tx) => {
    const rows = [];
    for (const { key, line, displayName, password } of subscribers) {
      const { subscriber } = await issueSubscriber(tx, {
        lineId: line.lineId,
        displayName,
        ...(password !== undefined && { password }),
        actor: 'demo',
      });
      const { id: subscriberId, issuedId, lineId, holderFrom } = subscriber;
      rows.push([key, { subscriberId, issuedId, lineId, holderFrom }] as const);
    }
    return rows;
  });
  for (const [key, subscriber] of issued) world.subscribers.set(key, subscriber);
}

/** Records consents that were given on paper, by the use cases behind the checkout page, in one transaction. */
export async function recordConsents(world: DemoWorld, consents: readonly PlannedConsent[]): Promise<void> {
  const agreed = await inTransaction(world.site.deps, async (tx) => {
    const rows = [];
    for (const { key, company, service, subscriber } of consents) {
      const { id } = await createConsent(tx, {
        companyId: companyOf(world, company).companyId,
        serviceCode: service.code,
        description: CONSENT_TEXT,
        returnUrl: returnUrlOf(service, 'consent'),
      });
      const { subscriberId, lineId, holderFrom } = subscriberOf(world, subscriber);
      await agreeConsent(tx, { consentId: id, buyer: { subscriberId, lineId, holderFrom } });
      rows.push([key, publicId('consent', id)] as const);
    }
    return rows;
  });
  for (const [key, id] of agreed) world.consents.set(key, id);
}
