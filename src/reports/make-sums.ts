import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { monthOf } from '../shared/calendar-date.rules.ts';
import type { Grain, StoredGrain } from './report-figure.entity.ts';
import { tariffOn } from './figures.sql.ts';

/** The figures of one day, calendar month or billing month; of months also by company alone. */
export interface SumToMake {
  readonly grain: StoredGrain;
  /** The day, or the first day of the month. */
  readonly startsOn: string;
}

/**
 * What the days that are added up and not summed yet change: they themselves, the days on which what they refund was sold, and
 * the months of both. Days come before the months that are made of them, and
 * months before those by company.
 */
export async function listSumsToMake(
  deps: Deps,
): Promise<{ readonly addedUp: readonly string[]; readonly sums: readonly SumToMake[] }> {
  const query = sqlOf(emOf(deps));
  const days = await query
    .selectFrom('daily_total')
    .select('businessDate')
    .where('isSummed', '=', false)
    .execute();
  const addedUp = days.map(({ businessDate }) => businessDate);
  const { rows } = await sql<{ soldOn: string; period: string }>`
    SELECT DISTINCT f.sold_on AS soldOn, f.billing_period AS period FROM daily_total t
    STRAIGHT_JOIN daily_figure f ON f.booked_on = t.business_date WHERE NOT t.is_summed`.execute(query);
  const dates = new Set([...addedUp, ...rows.map(({ soldOn }) => soldOn)]);
  const months = new Set([...dates].map(monthOf));
  const periods = new Set(rows.map(({ period }) => period));
  const sumsOf = (grain: StoredGrain, starts: Iterable<string>) =>
    [...starts].sort().map((startsOn): SumToMake => ({ grain, startsOn }));
  return {
    addedUp,
    sums: [
      ...sumsOf('day', dates),
      ...sumsOf('month', firstOf(months)),
      ...sumsOf('period', firstOf(periods)),
      ...sumsOf('c-month', firstOf(months)),
      ...sumsOf('c-period', firstOf(periods)),
    ],
  };
}

const firstOf = (months: Set<string>) => [...months].map((month) => `${month}-01`);

/** Replaces the figures of a day or month. */
export async function makeSum({ em }: InTransaction<Deps>, { grain, startsOn }: SumToMake): Promise<void> {
  const query = sqlOf(em);
  await query
    .deleteFrom('report_figure')
    .where('grain', '=', grain)
    .where('startsOn', '=', startsOn)
    .execute();
  await sql`
    INSERT INTO report_figure (grain, starts_on, company_id, service_id, closing_group, channel, tariff_code, partner_code,
      charge_count, charged_minor, refund_count, refunded_minor, returned_count, returned_minor, clawback_minor,
      recovered_minor, joined_count, left_count, active_count)
    SELECT ${grain}, ${startsOn}, company_id, service_id, closing_group, channel, tariff_code, partner_code,
      ${sumColumns} FROM (${rowsOf[grain](startsOn, startsOn)}) u
    GROUP BY company_id, service_id, closing_group, channel, tariff_code, partner_code`.execute(query);
}

/** The columns of `report_figure` that are added up. */
export const sumNames = [
  'charge_count',
  'charged_minor',
  'refund_count',
  'refunded_minor',
  'returned_count',
  'returned_minor',
  'clawback_minor',
  'recovered_minor',
  'joined_count',
  'left_count',
  'active_count',
] as const;

const sumColumns = sql.join(sumNames.map((name) => sql`SUM(${sql.ref(name)})`));

/** The same sums, without service, channel, tariff and partner. */
const ofCompanies = (grain: Grain) => (from: string, through: string) =>
  sql`
  SELECT starts_on, company_id, 0 AS service_id, closing_group, '' AS channel, '' AS tariff_code, '' AS partner_code,
    ${sql.join(sumNames.map((name) => sql.ref(name)))}
  FROM report_figure WHERE grain = ${grain} AND starts_on BETWEEN ${from} AND ${through}`;

/**
 * What the sums of days or months in a range are made of: a SELECT with the columns of `report_figure`, several rows for one of
 * them. Both ends are first days of a sum.
 */
export const rowsOf: Readonly<Record<StoredGrain, (from: string, through: string) => RawBuilder<unknown>>> = {
  day: (from, through) => sql`
    SELECT booked_on AS starts_on, company_id, service_id, 0 AS closing_group, channel, tariff_code, partner_code, charge_count,
      charged_minor, refund_count, refunded_minor, 0 AS returned_count, 0 AS returned_minor, clawback_minor, recovered_minor,
      0 AS joined_count, 0 AS left_count, 0 AS active_count
    FROM daily_figure WHERE booked_on BETWEEN ${from} AND ${through}
    UNION ALL
    SELECT sold_on, company_id, service_id, 0, channel, tariff_code, partner_code, 0, 0, 0, 0, refund_count, refunded_minor,
      0, 0, 0, 0, 0
    FROM daily_figure WHERE sold_on BETWEEN ${from} AND ${through} AND refund_count > 0
    UNION ALL
    SELECT d.business_date, d.company_id, d.service_id, 0, COALESCE(s.platform, ''),
      ${tariffOn('d.company_id', sql`d.business_date`)}, '', 0, 0, 0, 0, 0, 0, 0, 0, d.joined_count, d.left_count, d.active_count
    FROM daily_subscription d JOIN service s ON s.id = d.service_id WHERE d.business_date BETWEEN ${from} AND ${through}`,
  month: (from, through) => sql`
    SELECT DATE_FORMAT(r.starts_on, '%Y-%m-01') AS starts_on, r.company_id, r.service_id, r.closing_group, r.channel,
      r.tariff_code, r.partner_code, r.charge_count, r.charged_minor, r.refund_count, r.refunded_minor, r.returned_count,
      r.returned_minor, r.clawback_minor, r.recovered_minor, r.joined_count, r.left_count,
      IF(m.last_day IS NULL, 0, r.active_count) AS active_count
    FROM report_figure r LEFT JOIN (SELECT MAX(business_date) AS last_day FROM daily_total
      WHERE business_date BETWEEN ${from} AND LAST_DAY(${through}) GROUP BY DATE_FORMAT(business_date, '%Y-%m')) m
      ON m.last_day = r.starts_on
    WHERE r.grain = 'day' AND r.starts_on BETWEEN ${from} AND LAST_DAY(${through})`,
  period: (from, through) => sql`
    SELECT CONCAT(billing_period, '-01') AS starts_on, company_id, service_id, closing_group, channel, tariff_code, partner_code,
      charge_count, charged_minor, refund_count, refunded_minor, 0 AS returned_count, 0 AS returned_minor, clawback_minor,
      recovered_minor, 0 AS joined_count, 0 AS left_count, 0 AS active_count
    FROM daily_figure WHERE billing_period BETWEEN ${monthOf(from)} AND ${monthOf(through)}`,
  'c-month': ofCompanies('month'),
  'c-period': ofCompanies('period'),
};
