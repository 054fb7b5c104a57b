import type { Charge } from './charge.entity.ts';
import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';

export type ChargeState = Charge['state'];

/** Which state may follow which. A charge that is captured or has ended never changes; the table's trigger enforces it too. */
export const chargeTransitions: Transitions<ChargeState> = {
  pending: ['authorized', 'cancelled', 'expired'],
  authorized: ['captured', 'cancelled', 'expired'],
  captured: [],
  cancelled: [],
  expired: [],
};

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export const assertTransition = transitionCheck('charge', chargeTransitions);

/** Whether an authorization ends because its buyer loses the line, before its time has run out. */
export function endsWithEntitlement({
  openUntil,
  authorizedUntil,
}: {
  readonly openUntil?: Date | null | undefined;
  readonly authorizedUntil?: Date | null | undefined;
}): boolean {
  return openUntil != null && authorizedUntil != null && openUntil < authorizedUntil;
}

/** Why the time of a charge ran out, as stored in `ended_by`. */
export function reasonOfExpiry(charge: Parameters<typeof endsWithEntitlement>[0]): 'time' | 'entitlement' {
  return endsWithEntitlement(charge) ? 'entitlement' : 'time';
}
