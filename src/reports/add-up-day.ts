import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar.rules.ts';
import { collectionKinds } from './daily-collection.entity.ts';
import type { DayToAddUp } from './days-to-add-up.queries.ts';
import { bookedOn, tariffOn } from './figures.sql.ts';

/** Replaces the figures of a business date; the day before is added up. The reports' sums of it are still to be made. */
export async function addUpDay(
  tx: InTransaction<Deps>,
  { date, figures }: DayToAddUp,
  runDate: string,
): Promise<void> {
  if (figures) {
    await replaceFigures(tx, date);
    await replaceCollection(tx, date);
    await replaceTotal(tx, date, runDate);
  } else {
    await sqlOf(tx.em)
      .updateTable('daily_total')
      .set({ isSummed: false })
      .where('businessDate', '=', date)
      .execute();
  }
  await replaceSubscriptions(tx, date);
}

async function replaceFigures({ em }: InTransaction<Deps>, date: string): Promise<void> {
  const query = sqlOf(em);
  await query.deleteFrom('daily_figure').where('bookedOn', '=', date).execute();
  await sql`
    INSERT INTO daily_figure (booked_on, company_id, service_id, sold_on, billing_period, closing_group, channel, tariff_code,
      partner_code, charge_count, charged_minor, refund_count, refunded_minor, clawback_minor, recovered_minor)
    SELECT f.booked_on, f.company_id, f.service_id, f.sold_on, f.billing_period, f.closing_group, COALESCE(s.platform, ''),
      ${tariffOn('f.company_id', sql`f.sold_on`)}, '', SUM(f.charge_count), SUM(f.charged_minor), SUM(f.refund_count),
      SUM(f.refunded_minor), SUM(f.clawback_minor), SUM(f.recovered_minor)
    FROM (${bookedOn(date, date)}) f JOIN service s ON s.id = f.service_id
    GROUP BY f.booked_on, f.company_id, f.service_id, f.sold_on, f.billing_period, f.closing_group`.execute(
    query,
  );
}

async function replaceCollection({ em }: InTransaction<Deps>, date: string): Promise<void> {
  const query = sqlOf(em);
  await query.deleteFrom('daily_collection').where('bookedOn', '=', date).execute();
  await sql`
    INSERT INTO daily_collection (booked_on, kind, amount_minor)
    SELECT business_date, kind, SUM(amount_minor) FROM ledger_entry
    WHERE business_date = ${date} AND kind IN (${sql.join(collectionKinds)}) GROUP BY kind`.execute(query);
}

/** The sums that later nights compare with what there is then. */
async function replaceTotal(
  { em, clock }: InTransaction<Deps>,
  date: string,
  runDate: string,
): Promise<void> {
  await sql`
    REPLACE INTO daily_total (business_date, charge_count, charged_minor, refund_count, refunded_minor, clawback_minor,
      recovered_minor, run_date, added_up_at, is_summed)
    SELECT ${date}, COALESCE(SUM(charge_count), 0), COALESCE(SUM(charged_minor), 0), COALESCE(SUM(refund_count), 0),
      COALESCE(SUM(refunded_minor), 0), COALESCE(SUM(clawback_minor), 0), COALESCE(SUM(recovered_minor), 0), ${runDate},
      ${clock.now()}, FALSE
    FROM daily_figure WHERE booked_on = ${date}`.execute(sqlOf(em));
}

/** Active when the day ends: those of the day before, and who joined, less who left. */
async function replaceSubscriptions({ em }: InTransaction<Deps>, date: string): Promise<void> {
  const query = sqlOf(em);
  await query.deleteFrom('daily_subscription').where('businessDate', '=', date).execute();
  await sql`
    INSERT INTO daily_subscription (business_date, company_id, service_id, joined_count, left_count, active_count)
    SELECT ${date}, company_id, service_id, SUM(joined) AS j, SUM(ended) AS l, SUM(before_it) + SUM(joined) - SUM(ended) AS a
    FROM (
      SELECT company_id, service_id, CAST(active_count AS INT) AS before_it, 0 AS joined, 0 AS ended FROM daily_subscription
      WHERE business_date = ${addDays(date, -1)}
      UNION ALL
      SELECT company_id, service_id, 0, 1, 0 FROM subscription WHERE joined_on = ${date}
      UNION ALL
      SELECT company_id, service_id, 0, 0, 1 FROM subscription WHERE left_on = ${date}
    ) u GROUP BY company_id, service_id HAVING j + l + a > 0`.execute(query);
}
