import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { Deps } from '../../../src/deps.ts';
import { formatCount, sumMinor } from '../../../src/shared/money.ts';

/** What came back in a world, in three sentences: refunds, what was not collected, and payouts. */
export async function describeWhatHappened(deps: Deps): Promise<readonly string[]> {
  return [await describeRefunds(deps), await describeResults(deps), await describePayouts(deps)];
}

async function describeRefunds(deps: Deps): Promise<string> {
  const refunds = await sqlOf(emOf(deps)).selectFrom('refund').select(['amountMinor', 'kind']).execute();
  const byBank = refunds.filter(({ kind }) => kind === 'bank').length;
  return `${counted(refunds.length, 'refund')} gave back ${yen(refunds)}, ${byBank} of them by bank to a former holder.`;
}

async function describeResults(deps: Deps): Promise<string> {
  const rows = await sqlOf(emOf(deps)).selectFrom('clawback').select(['amountMinor', 'kind']).execute();
  const of = (wanted: string) => yen(rows.filter(({ kind }) => kind === wanted));
  return `Of what lines did not pay, companies gave back ${of('clawback')} and got ${of('recovery')} again when it was paid later.`;
}

async function describePayouts(deps: Deps): Promise<string> {
  const payouts = await sqlOf(emOf(deps))
    .selectFrom('payout')
    .select(['state', 'amountMinor'])
    .where('state', 'in', ['sent', 'settled', 'returned'])
    .execute();
  const settled = payouts.filter(({ state }) => state === 'settled');
  const returned = payouts.filter(({ state }) => state === 'returned').length;
  const again = returned === 0 ? '' : ` and returned ${returned}, sent again to a corrected account`;
  return `Two people approved ${counted(payouts.length, 'transfer')}; the bank made ${formatCount(settled.length)} of them, of ${yen(settled)}${again}.`;
}

const counted = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

function yen(rows: readonly { readonly amountMinor: bigint }[]): string {
  return `${formatCount(Number(sumMinor(rows.map(({ amountMinor }) => amountMinor))))} yen`;
}
