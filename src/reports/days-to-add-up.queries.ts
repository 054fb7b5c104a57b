import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { findFirstChangedSubscriptions, listChangedDays } from './changed-days.queries.ts';

/** A business date, and what of it is added up. */
export interface DayToAddUp {
  readonly date: string;
  /** Sales, refunds, clawbacks and collection; else only its subscriptions. */
  readonly figures: boolean;
}

/**
 * The days through a business date that are not added up, and those of which there is more by now, in their order. From a
 * day with other subscriptions on all are listed, because the active ones are counted on from the day before.
 */
export async function listDaysToAddUp(deps: Deps, through: string): Promise<DayToAddUp[]> {
  const first = await findFirstDay(deps, through);
  const rows = await sqlOf(emOf(deps)).selectFrom('daily_total').select('businessDate').execute();
  const known = new Set(rows.map(({ businessDate }) => businessDate));
  const changed = await listChangedDays(deps, through);
  const days: DayToAddUp[] = [];
  let from = await findFirstChangedSubscriptions(deps, through);
  for (let date = first; date <= through; date = addDays(date, 1)) {
    const figures = !known.has(date) || changed.has(date);
    if (!known.has(date)) from ??= date;
    if (figures || (from !== undefined && from <= date)) days.push({ date, figures });
  }
  return days;
}

/** The day of the first entry in the ledger or of the first subscription: both are first in an index. */
async function findFirstDay(deps: Deps, through: string): Promise<string> {
  const { rows } = await sql<{ first: string | null }>`
    SELECT MIN(d) AS first FROM (SELECT MIN(business_date) AS d FROM ledger_entry
      UNION ALL SELECT MIN(joined_on) FROM subscription UNION ALL SELECT MIN(business_date) FROM daily_total) u`.execute(
    sqlOf(emOf(deps)),
  );
  const first = rows[0]?.first ?? through;
  return first < through ? first : through;
}
