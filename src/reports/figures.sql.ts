import { sql, type RawBuilder } from 'kysely';

/**
 * The captured charges `c` of business dates, for a FROM: by the index by which they are folded, of the billing periods that end
 * on one of the dates or later. A charge that is booked late is in a later period, never in an earlier one.
 */
export const chargesOf = (from: string, through: string): RawBuilder<unknown> => sql`
  billing_period p STRAIGHT_JOIN charge c FORCE INDEX (charge_to_fold)
  ON c.billing_period = p.period AND c.closing_group = p.closing_group
    AND ${onDays(from, through)} AND p.closes_on >= ${from}`;

/** One day is looked up by the third column of the index; a range of days reads what its billing periods have. */
const onDays = (from: string, through: string): RawBuilder<boolean> =>
  from === through
    ? sql<boolean>`c.business_date = ${from}`
    : sql<boolean>`c.business_date BETWEEN ${from} AND ${through}`;

/** The tariff of the contract of a company that was in force on a date, or the last one before; empty where there is none. */
export const tariffOn = (
  company: string,
  date: RawBuilder<unknown>,
): RawBuilder<string> => sql<string>`COALESCE((
  SELECT k.tariff_code FROM contract k WHERE k.company_id = ${sql.ref(company)} AND k.valid_from <= ${date}
  ORDER BY k.valid_from DESC LIMIT 1), '')`;

/** What of the three domains is booked on dates, by service, day of the sale and billing period; the columns of `daily_figure`. */
export const bookedOn = (from: string, through: string): RawBuilder<unknown> => sql`
  SELECT c.business_date AS booked_on, c.business_date AS sold_on, c.company_id, c.service_id, c.billing_period, c.closing_group,
    COUNT(*) AS charge_count, SUM(c.captured_minor) AS charged_minor, 0 AS refund_count, 0 AS refunded_minor,
    0 AS clawback_minor, 0 AS recovered_minor
  FROM ${chargesOf(from, through)}
  GROUP BY c.business_date, c.company_id, c.service_id, c.billing_period, c.closing_group
  UNION ALL
  SELECT r.business_date, o.business_date, r.company_id, r.service_id, r.billing_period, COALESCE(r.closing_group, 0),
    0, 0, COUNT(*), SUM(r.amount_minor), 0, 0
  FROM refund r FORCE INDEX (refund_of_day) STRAIGHT_JOIN charge o ON o.id = r.charge_id
  WHERE r.business_date BETWEEN ${from} AND ${through}
  GROUP BY r.business_date, o.business_date, r.company_id, r.service_id, r.billing_period, r.closing_group
  UNION ALL
  SELECT w.booked_on, o.business_date, w.company_id, o.service_id, w.billing_period, o.closing_group,
    0, 0, 0, 0, SUM(IF(w.kind = 'clawback', w.amount_minor, 0)), SUM(IF(w.kind = 'recovery', w.amount_minor, 0))
  FROM clawback w FORCE INDEX (clawback_of_day) STRAIGHT_JOIN charge o ON o.id = w.charge_id
  WHERE w.booked_on BETWEEN ${from} AND ${through}
  GROUP BY w.booked_on, o.business_date, w.company_id, o.service_id, w.billing_period, o.closing_group`;
