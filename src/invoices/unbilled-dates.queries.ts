import { sql } from 'kysely';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isUnbilled, source } from './billable-items.sql.ts';
import { billable } from './charge-range.queries.ts';
import { countUnbilled, findBookedDate } from './unbilled.queries.ts';

/** Later than any business date. */
const LAST_DATE = '9999-12-31';

/**
 * The business dates of a billing period of which charges or refunds are on no invoice yet, newest first. Begins with the newest
 * and goes back only while some are missing, as the fold does: mostly it looks at one day.
 */
export async function listUnbilledDates(deps: Deps, key: PeriodKey): Promise<readonly string[]> {
  let missing = await countUnbilled(deps, key, LAST_DATE);
  const dates: string[] = [];
  let date = missing > 0 ? await findBookedDate(deps, key, { through: LAST_DATE }) : undefined;
  while (date !== undefined && missing > 0) {
    const count = await countOn(deps, key, date);
    if (count > 0) dates.push(date);
    missing -= count;
    date = await findBookedDate(deps, key, { before: date });
  }
  return dates;
}

async function countOn(
  deps: Deps,
  { period, closingGroup }: PeriodKey,
  businessDate: string,
): Promise<number> {
  let count = 0;
  for (const table of billable) {
    const { rows } = await sql<{ count: number | string }>`SELECT COUNT(*) AS count FROM ${source[table].from}
      WHERE c.billing_period = ${period} AND c.closing_group = ${closingGroup} AND c.business_date = ${businessDate}
        AND ${isUnbilled(table)}`.execute(sqlOf(emOf(deps)));
    count += Number(rows[0]?.count ?? 0);
  }
  return count;
}
