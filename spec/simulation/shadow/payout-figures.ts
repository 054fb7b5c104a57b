import type { Figures } from './figures.ts';
import { codeOf } from './payouts.ts';
import type { Shadow, ShadowPayout } from './state.ts';

/** The bank's code for an account that it is told of. */
export const NEW_CODES = { first: '1', changed: '2', none: '0' } as const;

/**
 * Runs and payouts, what the bank is ordered to pay whom in the files, and the sums that have to be the same: of files, of payouts and
 * of what is paid of settlements.
 */
export function addPayouts(figures: Figures, shadow: Shadow): void {
  for (const { number, state, sentOn } of shadow.payoutRuns) {
    const own = shadow.payouts.filter(({ run }) => run === number);
    const total = own.reduce((sum, { amount }) => sum + amount, 0);
    figures.set(`payout-run ${number}`, `${state}, ${own.length} of ${total}, sent ${sentOn}`);
  }
  for (const payout of shadow.payouts) {
    figures.set(`payout ${codeOf(payout)}`, describePayout(payout));
    if (!wasSent(payout)) continue;
    const { number } = shadow.accounts.get(payout.company)![payout.version - 1]!;
    const day = payout.payOn.slice(5).replace('-', '');
    figures.set(
      `transfer ${codeOf(payout)}`,
      `${payout.amount} to ${number}, new ${NEW_CODES[payout.news]}, on ${day}`,
    );
  }
  // By the settlements: each is on its way or paid once, and what came back beside it.
  const sentOf = shadow.settlements.map((settlement) => {
    const own = shadow.payouts.filter(
      (one) => one.company === settlement.company && one.period === settlement.period && wasSent(one),
    );
    return { paid: own.some(({ state }) => state !== 'returned') ? settlement.payout : 0, own };
  });
  const paid = sentOf.reduce((sum, one) => sum + one.paid, 0);
  const returned = sentOf
    .flatMap(({ own }) => own)
    .reduce((sum, { state, amount }) => (state === 'returned' ? sum + amount : sum), 0);
  for (const what of ['files', 'payouts', 'settlements'])
    figures.set(`sum-of-${what}`, `${paid} paid, ${returned} returned`);
}

const wasSent = ({ state }: ShadowPayout): boolean => state !== 'planned' && state !== 'dropped';

/** In one line, for both sides. */
export function describePayout(one: Omit<ShadowPayout, 'run' | 'line'>): string {
  const { company, period, amount, dueOn, payOn, version, news, replaces, state, resultOn } = one;
  const again = replaces === null ? '' : ` in place of ${replaces}`;
  return `${state} ${resultOn}: ${amount} of ${company} ${period} due ${dueOn} on ${payOn} to ${version} (${news})${again}`;
}
