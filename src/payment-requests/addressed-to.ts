import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Permission } from '../access/permissions.ts';
import { Problem } from '../shared/problem.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

/** A person with an issued ID under a tenure. */
export interface AddressedPerson {
  readonly subscriberId: number;
  readonly lineId: string;
  readonly holderFrom: string;
}

/**
 * The person for whom an actor reads and decides requests.
 * @throws Problem `permission-denied`, also for actors that are no subscriber
 */
export function addressedPerson(actor: Actor, permission: Permission): AddressedPerson {
  authorize(actor, permission);
  if (actor.kind !== 'subscriber') throw new Problem('permission-denied');
  const { subscriberId, lineId, holderFrom } = actor;
  return { subscriberId, lineId, holderFrom };
}

/** The rows that are addressed to a person: to their issued ID, or to everybody on their line. Others are not found. */
export function addressedRows({ subscriberId, lineId, holderFrom }: AddressedPerson) {
  return { lineId, holderFrom, $or: [{ subscriberId: null }, { subscriberId }] };
}

/** Whether a request is addressed to a person. */
export function isAddressedTo(
  request: Pick<PaymentRequest, 'lineId' | 'holderFrom' | 'subscriberId'>,
  { subscriberId, lineId, holderFrom }: AddressedPerson,
): boolean {
  if (request.lineId !== lineId || request.holderFrom !== holderFrom) return false;
  return request.subscriberId == null || request.subscriberId === subscriberId;
}
