import type { Decidable, Shadow, ShadowCharge, ShadowRefund, ShadowSubscription } from './state.ts';

/** What comes of an event, in words that the service's answer is put into as well. */
export const NOTHING = 'nothing: the history has no such thing';
export const refused = (code: string): string => `refused: ${code}`;
export const isRefused = (outcome: string): boolean => outcome.startsWith('refused: ');

/** A charge as its seller would describe it. */
export function describeCharge({ state, captured }: Pick<ShadowCharge, 'state' | 'captured'>): string {
  if (!captured) return state;
  const { amount, period, group, businessDate, percent, late } = captured;
  return `${state} ${amount} on ${businessDate} for ${period}/${group} at ${percent}%${late ? ', late' : ''}`;
}

/** A refund as the service and the shadow say it. */
export function describeRefund({ amount, businessDate, period, group }: RefundWords): string {
  const way = group === null ? `by bank ${amount}` : amount;
  return `refunded ${way} on ${businessDate} in ${period}${group === null ? '' : `/${group}`}`;
}

type RefundWords = Pick<ShadowRefund, 'amount' | 'businessDate' | 'period' | 'group'>;

type Joined = Pick<ShadowSubscription, 'state' | 'firstIsFree' | 'lastIsFree'>;

/** A subscription that somebody has joined, with the free months that are its own: of two at once, one gets them. */
export function describeJoined({ state, firstIsFree, lastIsFree }: Joined): string {
  return `${state}${firstIsFree ? ', first month free' : ''}${lastIsFree ? ', last month free' : ''}`;
}

type Decision = 'confirmed' | 'declined' | 'withdrawn';

/** Whether a page still has room for a decision: `new`; `same` when that one was taken before; else the refusal. */
export function decide(shadow: Shadow, subject: Decidable, decision: Decision): string {
  if (subject.page === decision) return 'same';
  const isOver = subject.page === 'open' && subject.pageUntilMs <= shadow.nowMs;
  if (subject.page === 'expired' || isOver) return refused('checkout-expired');
  return subject.page === 'open' ? 'new' : refused('illegal-state');
}
