import type { Deps } from '../deps.ts';
import { ensureBillingPeriods } from '../billing-periods/ensure-billing-period.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { settlePeriod } from './settle-period.ts';
import type { SettledTotals } from './settled-period.queries.ts';
import { findPeriodsToSettle, type PeriodToSettle } from './settlement-periods.queries.ts';

/**
 * Drafts the settlement of every company for every billing period whose six closing groups are all closed and proven, oldest
 * period first: normally one period, in the night in which the group of the 25th closes. A company that
 * cannot be settled is parked and tried again in the next night. The next month of a company waits until the one before is
 * approved by people; other companies do not wait for it. A period that is not closed in full holds up
 * the ones after it, because balances are carried from one to the next.
 * @throws Problem `settlement-refused` when the figures of a period do not agree; nothing of it is settled.
 */
export async function settleCompanies(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const settledByPeriod: Record<string, SettledTotals> = {};
  const behind = new Set<number>();
  let period = await findNext(deps, run, '');
  while (period) {
    if (period.openGroups.length > 0 || period.missingGroups.length > 0) {
      await holdUp(run, period);
      return { settledByPeriod, heldUp: period.period };
    }
    const { totals, left } = await settlePeriod(deps, run, period, behind);
    settledByPeriod[period.period] = totals;
    for (const companyId of left) behind.add(companyId);
    period = await findNext(deps, run, period.period);
  }
  return { settledByPeriod };
}

/** The oldest period after another one; read each time, because each period carries balances into the next. */
async function findNext(deps: Deps, run: RunHandle, after: string): Promise<PeriodToSettle | undefined> {
  const periods = await findPeriodsToSettle(deps, run.businessDate);
  return periods.find(({ period }) => period > after);
}

/** Reports a period that should have closed, and creates missing groups, so that the next close finds all six. */
async function holdUp(run: RunHandle, { period, openGroups, missingGroups }: PeriodToSettle): Promise<void> {
  if (openGroups.length > 0) {
    run.report(`${period} is not settled: closing group ${openGroups.join(', ')} is not closed`);
  }
  if (missingGroups.length === 0) return;
  run.report(
    `${period} is not settled: closing group ${missingGroups.join(', ')} was never opened nor closed`,
  );
  await run.inChunk(async (tx) => {
    const periods = missingGroups.map((closingGroup) => ({ period, closingGroup }));
    await ensureBillingPeriods(tx, periods);
    return {};
  });
}
