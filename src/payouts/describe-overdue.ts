import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { formatMoney, sumMinor } from '../shared/money.ts';
import { orderWindow } from '../shared/order-window.rules.ts';
import { listPayables } from './list-payables.ts';

/** Payouts that are late, a sentence each: runs that can no longer be sent, and what was due and is in no run. */
export async function describeOverduePayouts(deps: Deps): Promise<string[]> {
  const { timeZone, currency } = deps.config;
  const { first } = orderWindow(businessDateOf(deps.clock.now(), timeZone), currency);
  const runs = await sqlOf(emOf(deps))
    .selectFrom('payout_run')
    .select(['number', 'state', 'payOn'])
    .where('state', 'in', ['draft', 'approved'])
    .where('payOn', '<', first)
    .orderBy('number')
    .execute();
  const payable = await listPayables(deps, { lock: false });
  const late = payable.filter(({ dueOn, heldReason }) => dueOn < first && heldReason === null);
  const total = formatMoney(sumMinor(late.map(({ amountMinor }) => amountMinor)), currency, 'en');
  return [
    ...runs.map(
      ({ number, state, payOn }) =>
        `Payout run ${number} is ${state} and can no longer be ordered for ${payOn}: discard it (npm run admin -- payout discard --run ${number}) and prepare it again.`,
    ),
    ...(late.length === 0
      ? []
      : [
          `${late.length} payouts of ${total} were due before ${first} and are in no payout run: npm run admin -- payout prepare`,
        ]),
  ];
}
