import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { addUpDay } from './add-up-day.ts';
import { listDaysToAddUp } from './days-to-add-up.queries.ts';
import { listSumsToMake, makeSum } from './make-sums.ts';

/**
 * Night job: adds up each business date that is over and not added up yet, and each of the last days that has other charges,
 * refunds, clawbacks or subscriptions by now; then makes the sums that reports read of them. The first night adds up all days
 * since the first sale. Each day and each sum is replaced in a transaction of its own, from the rows of the domains alone: an
 * interrupted run, and one that is repeated, end with the same figures.
 */
export async function rollUp(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  const days = await listDaysToAddUp(deps, run.businessDate);
  run.announce(days.length);
  for (const day of days) {
    await run.inChunk(async (tx) => {
      await addUpDay(tx, day, run.businessDate);
      return { done: 1 };
    });
  }
  const { addedUp, sums } = await listSumsToMake(deps);
  run.announce(sums.length);
  for (const sum of sums) {
    await run.inChunk(async (tx) => {
      await makeSum(tx, sum);
      return { done: 1 };
    });
  }
  await run.inChunk(async (tx) => {
    await markSummed(tx, addedUp);
    return {};
  });
  return { days: days.length, sums: sums.length };
}

/** Last of all, so that an interrupted run makes its sums again. */
async function markSummed(tx: InTransaction<Deps>, dates: readonly string[]): Promise<void> {
  if (dates.length === 0) return;
  await sqlOf(tx.em)
    .updateTable('daily_total')
    .set({ isSummed: true })
    .where('businessDate', 'in', dates)
    .execute();
}
