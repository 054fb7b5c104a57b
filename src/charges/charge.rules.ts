import type { Charge } from './charge.entity.ts';
import { Problem } from '../shared/problem.ts';

export type ChargeState = Charge['state'];

/** Which state may follow which. What is captured or ended never changes; the table's trigger says so too. */
export const chargeMoves = {
  pending: ['authorized', 'cancelled', 'expired'],
  authorized: ['captured', 'cancelled', 'expired'],
  captured: [],
  cancelled: [],
  expired: [],
} as const satisfies Record<ChargeState, readonly ChargeState[]>;

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export function assertMove(from: ChargeState, to: ChargeState): void {
  const moves: readonly ChargeState[] = chargeMoves[from];
  if (moves.includes(to)) return;
  throw new Problem('illegal-state', {
    detail: `The charge is ${from}; it cannot become ${to}.`,
    facts: { state: from },
  });
}

/** How long a subscriber may take to confirm a charge. */
export const CONFIRM_WITHIN_MS = 30 * 60_000;

export const DAY_MS = 24 * 60 * 60_000;

/** Whether a return address is on the site of the service: an open redirect would lend the carrier's name to anyone. */
export function isReturnUrlAllowed(returnUrl: string, siteOrigin: string): boolean {
  return URL.canParse(returnUrl) && new URL(returnUrl).origin === siteOrigin;
}
