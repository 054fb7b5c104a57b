import { grantConsent } from '../../../src/consents/grant-consent.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { inTransaction, type InTransaction } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { demoStaff } from '../demo-staff.ts';
import type { PlannedConsent, PlannedSubscriber } from '../plan/world-plan.ts';
import { companyOf, returnUrlOf, subscriberOf, type DemoWorld } from './demo-world.ts';

export const CONSENT_TEXT = 'ご利用のつどの課金への同意';

/** Of what one transaction takes. */
const CHUNK = 50;
/** Transactions at a time. IDs of neighbouring lines lock the gap between them, consents nothing that another needs. */
const ISSUES_AT_ONCE = 1;
const CONSENTS_AT_ONCE = 4;

/** Issues IDs to the holders of lines. */
export async function issueSubscribers(
  world: DemoWorld,
  subscribers: readonly PlannedSubscriber[],
): Promise<void> {
  await inChunks(
    world,
    { all: subscribers, mapConcurrently: ISSUES_AT_ONCE },
    async (tx, { key, line, displayName, password }) => {
      const { subscriber } = await issueSubscriber(tx, demoStaff, {
        lineId: line.lineId,
        displayName,
        ...(password !== undefined && { password }),
      });
      const { id: subscriberId, issuedId, lineId, holderFrom } = subscriber;
      world.subscribers.set(key, { subscriberId, issuedId, lineId, holderFrom });
    },
  );
}

/** Records consents that were given on paper, by the use cases that the checkout page calls. */
export async function recordConsents(world: DemoWorld, consents: readonly PlannedConsent[]): Promise<void> {
  await inChunks(
    world,
    { all: consents, mapConcurrently: CONSENTS_AT_ONCE },
    async (tx, { key, company, service, subscriber }) => {
      const { companyId } = companyOf(world, company);
      const seller = {
        kind: 'company-user',
        companyId,
        account: 'paper',
        roles: ['owner'],
        provenBy: 'password',
      } as const;
      const { id } = await createConsent(tx, seller, {
        serviceCode: service.code,
        description: CONSENT_TEXT,
        returnUrl: returnUrlOf(service, 'consent'),
      });
      const { subscriberId, lineId, holderFrom } = subscriberOf(world, subscriber);
      const person = { subscriberId, lineId, holderFrom, isHolder: false, isOnLine: true };
      const buyer = { kind: 'subscriber', ...person } as const;
      await grantConsent(tx, buyer, { consentId: id });
      world.consents.set(key, publicId('consent', id));
    },
  );
}

/** Does `work` for all, many in one transaction. A transaction that is tried again overwrites what it noted. */
async function inChunks<T>(
  { site }: DemoWorld,
  { all, mapConcurrently }: { all: readonly T[]; mapConcurrently: number },
  work: (tx: InTransaction<Deps>, item: T) => Promise<void>,
): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, index) =>
    all.slice(index * CHUNK, (index + 1) * CHUNK),
  ).values();
  const worker = async () => {
    for (const chunk of chunks) {
      await inTransaction(site.deps, async (tx) => {
        for (const item of chunk) await work(tx, item);
      });
    }
  };
  await Promise.all(Array.from({ length: mapConcurrently }, worker));
}
