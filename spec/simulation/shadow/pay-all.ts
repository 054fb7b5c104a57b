import { lastDayFrom, preparePayouts } from './payouts.ts';
import { decidePayouts, discardPayouts, proposePayouts, sendPayouts } from './payout-runs.ts';
import type { Shadow, ShadowSettlement } from './state.ts';

/** Somebody who has never proposed an account. */
const CHECKER = 'shiori';

/** All that is due is paid at last, also to an account from which it came back. */
export const ALL = {
  discard: { which: 'all' },
  prepare: { sameAccount: true },
  propose: { which: 'all', by: 'hanako' },
  decide: { by: CHECKER, approves: true },
  send: { which: 'all', again: false },
} as const;

/**
 * The answer is by the rule alone, not by what was prepared: what is approved, not held and within the bank's window is ordered once, whatever
 * has come back, and the rest is not, but for what was ordered before it was held.
 */
export function payAll(shadow: Shadow): string {
  finish(discardPayouts(shadow, ALL.discard));
  preparePayouts(shadow, ALL.prepare);
  finish(proposePayouts(shadow, ALL.propose));
  finish(decidePayouts(shadow, ALL.decide));
  finish(sendPayouts(shadow, ALL.send));
  const owed = shadow.settlements.filter(
    ({ state, payout }) => (state === 'approved' || state === 'paid') && payout > 0,
  );
  return describeOrdered(
    owed.map((one) => ({
      company: one.company,
      period: one.period,
      times: mustBeOrdered(shadow, one) ? 1 : 0,
    })),
  );
}

function finish(steps: Generator<void, string>): void {
  while (!steps.next().done);
}

function mustBeOrdered(shadow: Shadow, settlement: ShadowSettlement): boolean {
  const { state, held, payoutOn, company, period } = settlement;
  if (state === 'paid') return true;
  if (held)
    return shadow.payouts.some(
      (one) => one.company === company && one.period === period && one.state === 'sent',
    );
  return payoutOn <= lastDayFrom(shadow.today);
}

export interface Ordered {
  readonly company: string;
  readonly period: string;
  readonly times: number;
}

/** In words for both sides. */
export function describeOrdered(settlements: readonly Ordered[]): string {
  const words = settlements.map(({ company, period, times }) =>
    times === 0 ? `waits on ${company} ${period}` : `ordered ${times} times on ${company} ${period}`,
  );
  return words.sort().join('; ') || 'nothing owed';
}
