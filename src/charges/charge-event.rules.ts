import type { NewEvent } from '../events/append-events.ts';
import type { EventSnapshots } from '../events/event-types.ts';
import type { Charge } from './charge.entity.ts';

type EventedCharge = Pick<
  Charge,
  'id' | 'companyId' | 'serviceId' | 'kind' | 'amountMinor' | 'capturedMinor' | 'taxCode' | 'reference'
>;

export const chargeEventColumns = [
  'id',
  'companyId',
  'serviceId',
  'kind',
  'amountMinor',
  'capturedMinor',
  'taxCode',
  'reference',
] as const satisfies readonly (keyof EventedCharge)[];

/** What has happened to a charge, with the charge as it is now. */
export function chargeEvent(type: 'charge.authorized' | 'charge.captured', charge: EventedCharge): NewEvent {
  return { type, subject: charge.id, companyId: charge.companyId, snapshot: snapshotOf(charge) };
}

/** The end of a charge that was not captured. */
export function chargeEndEvent(
  charge: EventedCharge,
  { state, by, endedAt }: { state: 'cancelled' | 'expired'; by: string; endedAt: Date },
): NewEvent {
  return {
    type: `charge.${state}`,
    subject: charge.id,
    companyId: charge.companyId,
    snapshot: { ...snapshotOf(charge), endedBy: by },
    occurredAt: endedAt,
  };
}

/** A refund of a captured charge, with the charge. */
export function chargeRefundedEvent(
  charge: EventedCharge,
  refund: Omit<EventSnapshots['charge.refunded'], keyof EventSnapshots['charge.captured']>,
): NewEvent {
  const snapshot = { ...snapshotOf(charge), ...refund };
  return { type: 'charge.refunded', subject: charge.id, companyId: charge.companyId, snapshot };
}

function snapshotOf({ serviceId, kind, amountMinor, taxCode, ...charge }: EventedCharge) {
  const { capturedMinor = null, reference = null } = charge;
  return { serviceId, kind, amountMinor, capturedMinor, taxCode, reference };
}
