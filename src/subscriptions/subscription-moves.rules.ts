import { Problem } from '../shared/problem.ts';
import type { Subscription } from './subscription.entity.ts';

export type SubscriptionState = Subscription['state'];

/**
 * Which state of a subscription may follow which. One that is left is `leaving` until its last month has
 * been settled, and ends at once when that month was settled before.
 */
export const subscriptionMoves = {
  pending: ['active', 'declined', 'expired'],
  active: ['leaving', 'ended'],
  leaving: ['ended'],
  ended: [],
  declined: [],
  expired: [],
} as const satisfies Record<SubscriptionState, readonly SubscriptionState[]>;

/** Refuses a move the table above does not have. @throws Problem `illegal-state`. */
export function assertSubscriptionMove(from: SubscriptionState, to: SubscriptionState): void {
  const moves: readonly SubscriptionState[] = subscriptionMoves[from];
  if (moves.includes(to)) return;
  throw new Problem('illegal-state', {
    detail: `The subscription is ${from}; it cannot become ${to}.`,
    facts: { state: from },
  });
}
