import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addMonths, monthOf } from '../shared/calendar-date.rules.ts';
import type { MonthsToRead } from './invariant.types.ts';

/** Months before the month of a night. The last group of a month closes in the next one, and the companies are settled then. */
const RECENT_MONTHS = 2;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What a night reads charge by charge: the months in which something may have changed, and in turn one of those that are
 * closed and settled. An old month thus costs a tenth of a recent one, and what an administrator changes in it is found
 * within as many nights as there are old months.
 */
export async function chooseMonths(deps: Deps, businessDate: string): Promise<MonthsToRead> {
  const query = sqlOf(emOf(deps)).selectFrom('billing_period').select('period').distinct().orderBy('period');
  const unclosed = await query.where('state', '<>', 'closed').limit(1).executeTakeFirst();
  const recent = addMonths(monthOf(businessDate), -RECENT_MONTHS);
  const since = unclosed && unclosed.period < recent ? unclosed.period : recent;
  const rows = await query.where('period', '<', since).execute();
  const older = rows.map(({ period }) => period);
  return { since, also: older[nightOf(businessDate) % older.length] };
}

/** Counts nights since 1970, so that the turn of a month does not depend on earlier nights. */
function nightOf(businessDate: string): number {
  return Date.parse(businessDate) / DAY_MS;
}
