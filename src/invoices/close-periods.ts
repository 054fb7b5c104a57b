import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { periodsClosingOn } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { closePeriod } from './close-period.ts';
import { ensureBillingPeriods } from './ensure-billing-period.ts';

/**
 * Closes the billing periods whose closing date has come and that are not closed yet. Counts periods. One
 * whose figures do not agree stays as it is and does not keep the others from closing; the run then fails.
 * @throws Problem `proof-of-close-failed` of the first such period, after the others were tried.
 */
export async function closePeriods(deps: Deps, run: RunHandle): Promise<Readonly<Record<string, unknown>>> {
  // A period in which nobody bought anything is closed as well, so that a settlement finds all six.
  await ensureBillingPeriods(
    deps,
    periodsClosingOn(run.businessDate).map(({ period, group }) => ({ period, closingGroup: group })),
  );
  const periods = await listPeriodsToClose(deps, run.businessDate);
  run.expect(periods.length);
  const refusals: Problem[] = [];
  for (const period of periods) {
    try {
      await closePeriod(deps, run, period);
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'proof-of-close-failed')) throw error;
      run.say(error.message);
      refusals.push(error);
    }
  }
  if (refusals[0]) throw refusals[0];
  return {};
}

function listPeriodsToClose(deps: Deps, businessDate: string) {
  return sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'closesOn', 'issueOn', 'dueOn'])
    .where('state', 'in', ['open', 'closing'])
    .where('closesOn', '<=', businessDate)
    .orderBy('closesOn')
    .orderBy('period')
    .execute();
}
