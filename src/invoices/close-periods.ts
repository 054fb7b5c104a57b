import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { closingDatesOf, periodsClosingOn } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { closePeriod } from './close-period.ts';
import { ensureBillingPeriods, type PeriodKey } from '../billing-periods/ensure-billing-period.ts';

/**
 * Closes the billing periods whose closing date has come and that are not closed yet. Counts periods. One
 * whose figures do not agree stays closing and does not stop the others; the run fails at its end.
 * @throws Problem `proof-of-close-failed` of the first such period, after the others were tried.
 */
export async function closePeriods(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  await ensureBillingPeriods(deps, await listPeriodsOver(deps, run.businessDate));
  const periods = await listPeriodsToClose(deps, run.businessDate);
  run.announce(periods.length);
  const refusals: Problem[] = [];
  for (const period of periods) {
    try {
      await closePeriod(deps, run, period);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'proof-of-close-failed')) throw error;
      run.report(error.message);
      refusals.push(error);
    }
  }
  if (refusals[0]) throw refusals[0];
  return {};
}

/**
 * Periods without a charge are closed as well, so that a settlement finds all six groups: those that close today, and
 * those of a known month whose closing date passed before the first night.
 */
async function listPeriodsOver(deps: Deps, businessDate: string): Promise<PeriodKey[]> {
  const known = await sqlOf(emOf(deps)).selectFrom('billing_period').select('period').distinct().execute();
  const today = periodsClosingOn(businessDate).map(({ period }) => period);
  const periods = new Set([...today, ...known.map(({ period }) => period)]);
  return [...periods].flatMap((period) =>
    closingDatesOf(period)
      .filter(({ closesOn }) => closesOn <= businessDate)
      .map(({ group }) => ({ period, closingGroup: group })),
  );
}

function listPeriodsToClose(deps: Deps, businessDate: string) {
  return sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'closesOn', 'issueOn', 'dueOn', 'invoiceFormat'])
    .where('state', 'in', ['open', 'closing'])
    .where('closesOn', '<=', businessDate)
    .orderBy('closesOn')
    .orderBy('period')
    .execute();
}
