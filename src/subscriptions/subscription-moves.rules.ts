import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';
import type { Subscription } from './subscription.entity.ts';

export type SubscriptionState = Subscription['state'];

/**
 * The transitions of a subscription. A cancelled one is `leaving` until its last month is billed, and ends at once when
 * that month is billed already.
 */
export const subscriptionMoves: Transitions<SubscriptionState> = {
  pending: ['active', 'declined', 'expired'],
  active: ['leaving', 'ended'],
  leaving: ['ended'],
  ended: [],
  declined: [],
  expired: [],
};

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export const assertSubscriptionMove = transitionCheck('subscription', subscriptionMoves);
