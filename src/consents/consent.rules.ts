import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';
import type { Consent } from './consent.entity.ts';

export type ConsentState = Consent['state'];

/** Which state of a standing consent may follow which. */
export const consentMoves: Transitions<ConsentState> = {
  pending: ['active', 'declined', 'expired'],
  active: ['ended'],
  declined: [],
  expired: [],
  ended: [],
};

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export const assertConsentMove = transitionCheck('consent', consentMoves);
