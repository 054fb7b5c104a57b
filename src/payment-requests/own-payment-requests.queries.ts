import type { Actor } from '../access/actor.ts';
import { hasRunOut } from '../charges/effective-state.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findPurchaseRefusal } from '../safeguards/permitted-purchase.rules.ts';
import { readSafeguards } from '../safeguards/safeguard.queries.ts';
import type { SafeguardRow } from '../safeguards/safeguard.rules.ts';
import { Problem } from '../shared/problem.ts';
import { addressedPerson, type AddressedPerson } from './addressed-to.ts';
import type { PaymentRequestState } from './payment-request.rules.ts';

/** A request as its addressee sees it. */
export interface OwnPaymentRequest {
  readonly id: string;
  readonly state: PaymentRequestState;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly companyId: number;
  readonly company: string;
  readonly companyEn: string;
  readonly service: string;
  readonly serviceEn: string;
  readonly createdAt: Date;
  readonly openUntil: Date | null;
  readonly endedAt: Date | null;
  /** Null also for who may not see it. */
  readonly chargeId: string | null;
  /** Who of the line paid it; null for who may not see this purchase of somebody else. */
  readonly paidBy: string | null;
}

/** Requests on a page of a subscriber; there are few, because each company can have few open ones. */
const MAX_OWN_REQUESTS = 100;

/** Requests to a person or to the person's line, what waits and the newest others, without what waits of a blocked company. */
export async function listOwnPaymentRequests(deps: Deps, actor: Actor): Promise<OwnPaymentRequest[]> {
  return findRequests(deps, readerOf(actor));
}

/**
 * One of them.
 * @throws Problem `payment-request-not-found`, also for one of a company that has been blocked since
 */
export async function getOwnPaymentRequest(deps: Deps, actor: Actor, id: string): Promise<OwnPaymentRequest> {
  const [request] = await findRequests(deps, readerOf(actor), id);
  if (!request) throw new Problem('payment-request-not-found');
  return request;
}

interface Reader extends AddressedPerson {
  /** Sees what everybody on the line buys. */
  readonly isHolder: boolean;
}

const readerOf = (actor: Actor): Reader => ({
  ...addressedPerson(actor, 'own-payment-requests:read'),
  isHolder: actor.kind === 'subscriber' && actor.isHolder,
});

async function findRequests(deps: Deps, person: Reader, id?: string): Promise<OwnPaymentRequest[]> {
  const { subscriberId, lineId, holderFrom } = person;
  const now = deps.clock.now();
  let rows = sqlOf(emOf(deps))
    .selectFrom('payment_request as r')
    .innerJoin('company as c', 'c.id', 'r.companyId')
    .innerJoin('service as s', 's.id', 'r.serviceId')
    .leftJoin('charge as p', 'p.id', 'r.chargeId')
    .leftJoin('subscriber as b', 'b.id', 'p.subscriberId')
    .select([
      'r.id',
      'r.state',
      'r.amountMinor',
      'r.description',
      'r.companyId',
      'r.serviceId',
      'r.createdAt',
    ])
    .select([
      'r.openUntil',
      'r.endedAt',
      'r.chargeId',
      'b.displayName as paidBy',
      'p.subscriberId as buyerId',
    ])
    .select(['c.name as company', 'c.nameEn as companyEn', 's.name as service', 's.nameEn as serviceEn'])
    .where('r.lineId', '=', lineId)
    .where('r.holderFrom', '=', holderFrom)
    .where(({ eb, or }) => or([eb('r.subscriberId', 'is', null), eb('r.subscriberId', '=', subscriberId)]))
    // What waits comes first, so that no company pushes it off the page with what it has withdrawn.
    .orderBy(({ eb, and }) => and([eb('r.state', '=', 'pending'), eb('r.openUntil', '>', now)]), 'desc')
    .orderBy('r.id', 'desc')
    .limit(MAX_OWN_REQUESTS);
  if (id !== undefined) rows = rows.where('r.id', '=', id);
  const found = await rows.execute();
  const safeguards = await safeguardsOf(deps, person);
  const newestFirst = found.toSorted((one, other) => (one.id < other.id ? 1 : -1));
  return newestFirst.flatMap(({ buyerId, ...row }) => {
    const isSeen = person.isHolder || buyerId === subscriberId;
    const isOver = hasRunOut(row, now);
    const request = {
      ...row,
      state: isOver ? ('expired' as const) : row.state,
      endedAt: isOver ? row.openUntil : row.endedAt,
      amountMinor: row.amountMinor,
      ...(!isSeen && { chargeId: null, paidBy: null }),
    };
    return isHidden(request, { subscriberId, safeguards }) ? [] : [request];
  });
}

/** What waits of a company that the line blocks is not shown, and the company does not learn it. */
export function isHidden(
  request: { readonly state: PaymentRequestState; readonly companyId: number; readonly serviceId: number },
  buyer: { readonly subscriberId: number; readonly safeguards: readonly SafeguardRow[] },
): boolean {
  if (request.state === 'confirmed' || request.state === 'declined') return false;
  return (
    findPurchaseRefusal(buyer, { companyId: request.companyId, serviceId: request.serviceId }) !== undefined
  );
}

/** What is in force for a person's tenure today. */
export async function safeguardsOf(
  deps: Deps,
  { lineId, holderFrom }: Pick<AddressedPerson, 'lineId' | 'holderFrom'>,
): Promise<readonly SafeguardRow[]> {
  const inForce = await readSafeguards(deps, [{ lineId, holderFrom, hasSafeguards: true }]);
  return [...inForce.values()].flat();
}
