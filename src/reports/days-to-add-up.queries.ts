import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { collectionKinds } from './daily-collection.entity.ts';
import { chargesOf } from './figures.sql.ts';

/** A business date, and what of it is added up. */
export interface DayToAddUp {
  readonly date: string;
  /** Sales, refunds, clawbacks and collection; else only its subscriptions. */
  readonly figures: boolean;
}

/** Days before a night that are counted again: a month of a subscription may be charged late, with the day on which it was due. */
const RECOUNTED_DAYS = 100;
/** The same of collection, for what a job that had failed books late. */
const RECOUNTED_COLLECTION_DAYS = 7;
/** A subscription whose line was lost is ended later, on the day on which the line was lost. */
const RECOUNTED_SUBSCRIPTION_DAYS = 400;

/**
 * The days through a business date that are not added up, and those of which there is more by now, in their order. From a
 * day with other subscriptions on all are listed, because the active ones are counted on from the day before.
 */
export async function listDaysToAddUp(deps: Deps, through: string): Promise<DayToAddUp[]> {
  const first = await findFirstDay(deps, through);
  const rows = await sqlOf(emOf(deps)).selectFrom('daily_total').select('businessDate').execute();
  const known = new Set(rows.map(({ businessDate }) => businessDate));
  const changed = new Set(await listChanged(deps, recountFigures(through)));
  const [subscribed] = await listChanged(
    deps,
    recountSubscriptions(addDays(through, -RECOUNTED_SUBSCRIPTION_DAYS), through),
  );
  const days: DayToAddUp[] = [];
  let from = subscribed;
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

async function listChanged(deps: Deps, query: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`${query}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ day }) => day);
}

function daysBetween(from: string, through: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= through; day = addDays(day, 1)) days.push(day);
  return days;
}

const chargesOn = (day: string) => sql`
  SELECT ${day} AS day, COUNT(*) AS n, SUM(c.captured_minor) AS amount, 0 AS back, 0 AS lost, 0 AS moved FROM ${chargesOf(day, day)}`;

/** Counted in indexes alone, without reading a charge. */
const recountFigures = (
  through: string,
  from = addDays(through, -RECOUNTED_DAYS),
  posted = addDays(through, -RECOUNTED_COLLECTION_DAYS),
) => sql`
  SELECT day FROM (
    ${sql.join(daysBetween(from, through).map(chargesOn), sql` UNION ALL `)}
    UNION ALL
    SELECT business_date, COUNT(*), 0, SUM(amount_minor), 0, 0 FROM refund
    WHERE business_date BETWEEN ${from} AND ${through} GROUP BY business_date
    UNION ALL
    SELECT booked_on, 0, 0, 0, SUM(amount_minor), 0 FROM clawback
    WHERE booked_on BETWEEN ${from} AND ${through} GROUP BY booked_on
    UNION ALL
    SELECT business_date, 0, 0, 0, 0, SUM(amount_minor) FROM ledger_entry
    WHERE business_date BETWEEN ${posted} AND ${through} AND kind IN (${sql.join(collectionKinds)}) GROUP BY business_date
    UNION ALL
    SELECT business_date, -CAST(charge_count + refund_count AS INT), -charged_minor, -refunded_minor,
      -(clawback_minor + recovered_minor), 0
    FROM daily_total WHERE business_date BETWEEN ${from} AND ${through}
    UNION ALL
    SELECT booked_on, 0, 0, 0, 0, -SUM(amount_minor) FROM daily_collection
    WHERE booked_on BETWEEN ${posted} AND ${through} GROUP BY booked_on
  ) u GROUP BY day
  HAVING SUM(n) <> 0 OR SUM(amount) <> 0 OR SUM(back) <> 0 OR SUM(lost) <> 0 OR SUM(moved) <> 0`;

const recountSubscriptions = (from: string, through: string) => sql`
  SELECT day FROM (
    SELECT joined_on AS day, COUNT(*) AS joined, 0 AS ended FROM subscription
    WHERE joined_on BETWEEN ${from} AND ${through} GROUP BY joined_on
    UNION ALL
    SELECT left_on, 0, COUNT(*) FROM subscription WHERE left_on BETWEEN ${from} AND ${through} GROUP BY left_on
    UNION ALL
    SELECT business_date, -CAST(SUM(joined_count) AS INT), -CAST(SUM(left_count) AS INT) FROM daily_subscription
    WHERE business_date BETWEEN ${from} AND ${through} GROUP BY business_date
  ) u GROUP BY day HAVING SUM(joined) <> 0 OR SUM(ended) <> 0 ORDER BY day`;
