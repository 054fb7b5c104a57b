import { transitionCheck, type Transitions } from '../shared/state-machine.rules.ts';
import type { Subscription } from './subscription.entity.ts';

export type SubscriptionState = Subscription['state'];

/**
 * Which state of a subscription may follow which. One that is left is `leaving` until its last month has
 * been settled, and ends at once when that month was settled before.
 */
const subscriptionMoves: Transitions<SubscriptionState> = {
  pending: ['active', 'declined', 'expired'],
  active: ['leaving', 'ended'],
  leaving: ['ended'],
  ended: [],
  declined: [],
  expired: [],
};

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export const assertSubscriptionMove = transitionCheck('subscription', subscriptionMoves);
