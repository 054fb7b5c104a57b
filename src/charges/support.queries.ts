import { toMinor, sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { effectiveEnding } from './effective-state.rules.ts';

/** A charge with whose it is: its company, line and issued ID. For the carrier's people. @throws Problem `charge-not-found`. */
export async function explainCharge(deps: Deps, actor: Actor, chargeId: string) {
  authorize(actor, 'buyers:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .innerJoin('company', 'company.id', 'charge.companyId')
    .innerJoin('service', 'service.id', 'charge.serviceId')
    .leftJoin('subscriber', 'subscriber.id', 'charge.subscriberId')
    .select(['company.name as company', 'service.name as service', 'charge.description', 'charge.reference'])
    .select(['charge.kind', 'charge.amountMinor', 'charge.capturedMinor', 'charge.taxCode', 'charge.state'])
    .select(['charge.lineId', 'subscriber.issuedId', 'charge.createdAt', 'charge.authorizedAt'])
    .select(['charge.capturedAt', 'charge.businessDate', 'charge.billingPeriod', 'charge.late'])
    .select(['charge.endedAt', 'charge.endedBy', 'charge.openUntil', 'charge.authorizedUntil'])
    .where('charge.id', '=', chargeId)
    .executeTakeFirst();
  if (!row) throw new Problem('charge-not-found');
  const { authorizedUntil, ...shown } = row;
  return { ...shown, ...effectiveEnding({ ...shown, authorizedUntil }, deps.clock.now()) };
}

/** Something that a subscriber has agreed to, for as long as it lasts. */
export interface Agreement {
  readonly kind: 'subscription' | 'consent';
  readonly id: string;
  readonly company: string;
  readonly service: string;
  readonly description: string;
  readonly state: string;
  /** Of a subscription, a month; of a consent, the most for one use. */
  readonly amountMinor: bigint | null;
  readonly since: Date | null;
  readonly until: Date | null;
}

/** The subscriptions and consents of an issued ID, ended ones too, newest first. @throws Problem `subscriber-not-found`. */
export async function listAgreements(deps: Deps, actor: Actor, issuedId: string): Promise<Agreement[]> {
  authorize(actor, 'subscribers:read');
  const sql = sqlOf(emOf(deps));
  const subscriber = await sql
    .selectFrom('subscriber')
    .select('id')
    .where('issuedId', '=', issuedId)
    .executeTakeFirst();
  if (!subscriber) throw new Problem('subscriber-not-found');
  const subscriptions = await sql
    .selectFrom('subscription as a')
    .innerJoin('company', 'company.id', 'a.companyId')
    .innerJoin('service', 'service.id', 'a.serviceId')
    .select(['a.id', 'company.name as company', 'service.name as service', 'a.description', 'a.state'])
    .select(['a.amountMinor', 'a.joinedAt', 'a.leftAt'])
    .where('a.subscriberId', '=', subscriber.id)
    .execute();
  const consents = await sql
    .selectFrom('consent as a')
    .innerJoin('company', 'company.id', 'a.companyId')
    .innerJoin('service', 'service.id', 'a.serviceId')
    .select(['a.id', 'company.name as company', 'service.name as service', 'a.description', 'a.state'])
    .select(['a.perChargeMaxMinor', 'a.agreedAt', 'a.endedAt'])
    .where('a.subscriberId', '=', subscriber.id)
    .execute();
  const agreements = [
    ...subscriptions.map(({ joinedAt: since, leftAt: until, ...row }) => ({
      kind: 'subscription' as const,
      ...row,
      since,
      until,
    })),
    ...consents.map(({ agreedAt: since, endedAt: until, perChargeMaxMinor, ...row }) => ({
      kind: 'consent' as const,
      ...row,
      amountMinor: toMinor(perChargeMaxMinor),
      since,
      until,
    })),
  ];
  // Identifiers rise in time.
  return agreements.sort((a, b) => (a.id < b.id ? 1 : -1));
}
