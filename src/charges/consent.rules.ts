import { Problem } from '../shared/problem.ts';
import type { Consent } from './consent.entity.ts';

export type ConsentState = Consent['state'];

/** Which state of a standing consent may follow which. */
export const consentMoves = {
  pending: ['active', 'declined', 'expired'],
  active: ['ended'],
  declined: [],
  expired: [],
  ended: [],
} as const satisfies Record<ConsentState, readonly ConsentState[]>;

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export function assertConsentMove(from: ConsentState, to: ConsentState): void {
  const moves: readonly ConsentState[] = consentMoves[from];
  if (moves.includes(to)) return;
  throw new Problem('illegal-state', {
    detail: `The consent is ${from}; it cannot become ${to}.`,
    facts: { state: from },
  });
}
