import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { collectionKinds } from './daily-collection.entity.ts';

/** Days before a night of which refunds by bank and clawbacks are counted again: both are booked on the day on which they are made. */
const RECOUNTED_DAYS = 100;
/** The same of collection, for what a job that had failed books late. */
const RECOUNTED_COLLECTION_DAYS = 7;
/** A subscription whose line was lost is ended later, on the day on which the line was lost. */
const RECOUNTED_SUBSCRIPTION_DAYS = 400;

/**
 * The days through a business date of which something else is booked by now than is added up, however old they are. Everything is
 * counted in indexes alone, without reading a charge.
 */
export async function listChangedDays(deps: Deps, through: string): Promise<Set<string>> {
  const changed = new Set<string>();
  for (const query of [recountInvoiced(through), recountBooked(through)])
    // oxlint-disable-next-line no-await-in-loop -- one connection
    for (const day of await listDays(deps, query)) changed.add(day);
  return changed;
}

/** The first day of which subscriptions are others by now; the active ones are counted on from the day before. */
export async function findFirstChangedSubscriptions(
  deps: Deps,
  through: string,
): Promise<string | undefined> {
  const from = addDays(through, -RECOUNTED_SUBSCRIPTION_DAYS);
  const [first] = await listDays(deps, recountSubscriptions(from, through));
  return first;
}

async function listDays(deps: Deps, query: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`${query}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ day }) => day);
}

/**
 * Billing periods `p` that have taken charges since the last night that added up: those that are not closed, and those that were closed
 * after it, or on the day before it. A closed one takes nothing more, so it has no late charge, however old.
 */
const tookCharges = sql<boolean>`(p.state <> 'closed' OR p.closed_at >= COALESCE(
  (SELECT MAX(added_up_at) FROM daily_total WHERE is_summed), '1970-01-01') - INTERVAL 1 DAY)`;

/**
 * Charges and refunds on invoices: a late one has an earlier day, but the billing period that is open when it is booked. So the days
 * are compared within these periods, and what it costs is that of one or two months of charges.
 */
const recountInvoiced = (through: string) => sql`
  SELECT day FROM (
    SELECT c.business_date AS day, COUNT(*) AS n, SUM(c.captured_minor) AS amount, 0 AS refunds, 0 AS back
    FROM billing_period p STRAIGHT_JOIN charge c FORCE INDEX (charge_to_fold)
      ON c.billing_period = p.period AND c.closing_group = p.closing_group AND c.business_date <= ${through}
    WHERE ${tookCharges} GROUP BY c.business_date
    UNION ALL
    SELECT r.business_date, 0, 0, COUNT(*), SUM(r.amount_minor)
    FROM billing_period p STRAIGHT_JOIN refund r FORCE INDEX (refund_to_fold)
      ON r.billing_period = p.period AND r.closing_group = p.closing_group AND r.business_date <= ${through}
    WHERE ${tookCharges} GROUP BY r.business_date
    UNION ALL
    SELECT f.booked_on, -CAST(SUM(f.charge_count) AS INT), -SUM(f.charged_minor), -CAST(SUM(f.refund_count) AS INT), -SUM(f.refunded_minor)
    FROM billing_period p STRAIGHT_JOIN daily_figure f FORCE INDEX (daily_figure_of_period)
      ON f.billing_period = p.period AND f.closing_group = p.closing_group AND f.booked_on <= ${through}
    WHERE ${tookCharges} GROUP BY f.booked_on
  ) u GROUP BY day HAVING SUM(n) <> 0 OR SUM(amount) <> 0 OR SUM(refunds) <> 0 OR SUM(back) <> 0`;

/** What is booked on the day on which it is made, and may be late by a job that had failed: refunds by bank, clawbacks, collection. */
const recountBooked = (
  through: string,
  from = addDays(through, -RECOUNTED_DAYS),
  posted = addDays(through, -RECOUNTED_COLLECTION_DAYS),
) => sql`
  SELECT day FROM (
    SELECT business_date AS day, COUNT(*) AS n, SUM(amount_minor) AS back, 0 AS lost, 0 AS moved FROM refund
    WHERE business_date BETWEEN ${from} AND ${through} GROUP BY business_date
    UNION ALL
    SELECT booked_on, 0, 0, SUM(amount_minor), 0 FROM clawback
    WHERE booked_on BETWEEN ${from} AND ${through} GROUP BY booked_on
    UNION ALL
    SELECT business_date, 0, 0, 0, SUM(amount_minor) FROM ledger_entry
    WHERE business_date BETWEEN ${posted} AND ${through} AND kind IN (${sql.join(collectionKinds)}) GROUP BY business_date
    UNION ALL
    SELECT business_date, -CAST(refund_count AS INT), -refunded_minor, -(clawback_minor + recovered_minor), 0
    FROM daily_total WHERE business_date BETWEEN ${from} AND ${through}
    UNION ALL
    SELECT booked_on, 0, 0, 0, -SUM(amount_minor) FROM daily_collection
    WHERE booked_on BETWEEN ${posted} AND ${through} GROUP BY booked_on
  ) u GROUP BY day
  HAVING SUM(n) <> 0 OR SUM(back) <> 0 OR SUM(lost) <> 0 OR SUM(moved) <> 0`;

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
