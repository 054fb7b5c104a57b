import { encodeTime } from 'ulid';
import { ensureBillingPeriods } from '../../../src/billing-periods/ensure-billing-period.ts';
import {
  addDays,
  addMonths,
  CLOSING_GROUPS,
  endOfBusinessDate,
  monthOf,
} from '../../../src/shared/calendar.rules.ts';
import { setServiceTermsSql } from '../../support/service-terms.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { fillWorld, withDeps, type WorldSize } from '../harness/bench-world.ts';
import { indexesAfterwards } from '../harness/indexes-afterwards.ts';

/** Months of sales, spread evenly over their days, with what follows from sales. */
export interface HistorySize extends WorldSize {
  readonly charges: number;
  readonly months: number;
  readonly firstMonth: string;
  /** Of each company. */
  readonly services: number;
  /** Charges of the last day, which is not over: as many in each database that is compared. */
  readonly today: number;
}

/** The days of a history, in their order. */
export function daysOf({ firstMonth, months }: HistorySize): string[] {
  const end = `${addMonths(firstMonth, months)}-01`;
  const days: string[] = [];
  for (let day = `${firstMonth}-01`; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * Fills a migrated database with a history: charges day by day in the order of their keys, one refunded of a hundred, one clawed
 * back of two hundred, subscriptions and settlements. One INSERT … SELECT from a sequence for each day, and the
 * indexes of the charges at the end.
 */
export async function fillHistory(url: string, size: HistorySize): Promise<void> {
  await fillWorld(url, size);
  const periods = Array.from({ length: size.months + 3 }, (_, index) =>
    addMonths(size.firstMonth, index - 1),
  );
  await withDeps(url, (deps) =>
    ensureBillingPeriods(
      deps,
      periods.flatMap((period) => CLOSING_GROUPS.map((closingGroup) => ({ period, closingGroup }))),
    ),
  );
  const days = daysOf(size);
  await indexesAfterwards(url, 'charge', () =>
    onDatabase(url, async (connection) => {
      await connection.query(`SET foreign_key_checks = 0, unique_checks = 0; ${servicesSql(size)}`);
      for (const [index, day] of days.entries())
        await connection.query(chargesSql(size, { index, day, days: days.length }));
    }),
  );
  await onDatabase(url, async (connection) => {
    await connection.query(
      `SET foreign_key_checks = 0, unique_checks = 0, check_constraint_checks = 0; ${followingSql(size)}`,
    );
    for (const day of days) await connection.query(refundsSql(day));
  });
}

/** Further services of each company, on the platforms in turn. */
const servicesSql = ({ companies, services }: HistorySize) => `
  INSERT INTO service (id, company_id, code, name, name_en, site_origin, state, created_at)
  SELECT ${companies} + s.seq, 1 + (s.seq - 1) % ${companies}, CONCAT('service-', s.seq), CONCAT('サービス', s.seq),
    CONCAT('Service ', s.seq), 'https://shop.example', 'active', NOW(3)
  FROM seq_1_to_${Math.max(1, companies * (services - 1))} s WHERE ${services} > 1;
  ${setServiceTermsSql};
  UPDATE service SET platform = ELT(1 + id % 4, 'flets-soft-delivery', 'flets-market', 'flets-cast', 'internet')`;

interface DayToFill {
  readonly index: number;
  readonly day: string;
  readonly days: number;
}

function chargesSql(
  { charges, companies, services, lines, today }: HistorySize,
  { index, day, days }: DayToFill,
): string {
  const from = Math.floor((charges * index) / (days - 1));
  const isToday = index === days - 1;
  const through = isToday ? charges + today : Math.floor((charges * (index + 1)) / (days - 1));
  if (through <= from) return 'DO 0';
  const prefix = idPrefix(day);
  const period = `IF(closing_group = 31 OR DAY('${day}') > closing_group, '${monthOf(day)}', '${addMonths(monthOf(day), -1)}')`;
  return `
    INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
      reference, automatic_capture, subscriber_id, line_id, holder_from, consent_id, created_at, authorized_at, captured_at,
      business_date, reserved_period, billing_period, closing_group)
    SELECT id, 1 + (service - 1) % ${companies}, service, 'usage', 'captured', 100 + seq % 400, 100 + seq % 400, 'standard', 1000,
      CONCAT('楽曲 ', seq), CONCAT('order-', seq), TRUE, line, CONCAT('CAF', LPAD(line, 10, '0')), '2020-01-01',
      CONCAT('01JV', LPAD(line, 22, '0')), '${day} 03:00:00', '${day} 03:00:00', '${day} 03:00:00', '${day}', ${period}, ${period},
      closing_group
    FROM (SELECT n.*, 1 + CRC32(seq) % ${companies * services} AS service,
        CAST(ELT(1 + line % 6, 5, 10, 15, 20, 25, 31) AS INT) AS closing_group
      FROM (SELECT seq, CONCAT('${prefix}', LPAD(seq, 16, '0')) AS id, 1 + (seq * 7919) % ${lines} AS line
        FROM seq_${from + 1}_to_${through}) n) p`;
}

/** The time in the keys of a day, as its captures have it. */
export const idPrefix = (day: string) =>
  encodeTime(endOfBusinessDate(addDays(day, -1), 'Asia/Tokyo').getTime() + 1_000, 10);

/** Each hundredth charge of a day is refunded 20 days later, on its invoice; each two hundredth is clawed back after 60. */
function refundsSql(day: string): string {
  const range = `id >= '${idPrefix(day)}' AND id < '${idPrefix(addDays(day, 1))}'`;
  return `
    INSERT INTO refund (id, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group, amount_minor,
      refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, closing_group, reason, created_by, created_at)
    SELECT CONCAT('${idPrefix(addDays(day, 20))}', RIGHT(id, 16)), id, company_id, service_id, line_id, holder_from, billing_period,
      closing_group, 100, 0, tax_code, tax_rate_bps, 'invoice', DATE_ADD(business_date, INTERVAL 20 DAY), billing_period,
      closing_group, 'other', 'bench', NOW(3)
    FROM charge WHERE ${range} AND CAST(RIGHT(id, 16) AS INT) % 100 = 0;
    INSERT INTO ledger_entry (business_date, journal_id, kind, debit_account, credit_account, amount_minor, billing_period)
    SELECT '${day}', CONCAT('${idPrefix(day)}', LPAD(k.seq, 16, 'Z')), ELT(k.seq, 'collected', 'uncollected', 'clawback', 'recovery', 'loss'),
      1, 2, 1000 * k.seq, '${monthOf(day)}' FROM seq_1_to_5 k`;
}

/** Subscriptions, a third of them ended; and a settlement for each company and month. */
const followingSql = ({ companies, services, months, firstMonth, charges }: HistorySize) => `
  INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor, tax_code, charge_day, first_month_free,
    last_month_free, subscriber_id, line_id, holder_from, state, created_at, joined_on, left_on)
  SELECT CONCAT('01JS', LPAD(seq, 22, '0')), 1 + (seq % ${companies * services}) % ${companies}, 1 + seq % ${companies * services}, 'plan',
    '見放題', 500, 'standard', 1, 0, 0, 1, 'CAF0000000001', '2020-01-01', IF(seq % 3 = 0, 'ended', 'active'), NOW(3),
    DATE_ADD('${firstMonth}-01', INTERVAL seq % ${months * 28} DAY),
    IF(seq % 3 = 0, DATE_ADD('${firstMonth}-01', INTERVAL seq % ${months * 28} + seq % 20 DAY), NULL)
  FROM seq_1_to_${Math.max(1_000, Math.floor(charges / 100))};
  DROP TRIGGER settlement_begins_as_draft;
  INSERT INTO settlement (id, company_id, billing_period, contract_id, number, state, settled_on, billed_minor, refunded_minor,
    line_count, item_count, tariff_code, tariff_from, fee_branch, fee_ex_tax_minor, fee_tax_rate_bps, fee_tax_minor, carried_in_minor,
    payout_minor, carried_out_minor, payout_on, created_at, rule_version, legal_model, settlement_basis, fee_taxable)
  SELECT CONCAT('01JT', LPAD(seq, 22, '0')), company, period, company, CONCAT('S', seq), 'approved', LAST_DAY(CONCAT(period, '-01')),
    100000, 0, 10, 100, 'flets-2011', '2011-07-01', 'percent', 5000, 1000, 500, 0, 94500, 0, LAST_DAY(CONCAT(period, '-01')),
    NOW(3), 2, 'agency', 'billed', TRUE
  FROM (SELECT seq, 1 + seq % ${companies} AS company,
    DATE_FORMAT(DATE_ADD('${firstMonth}-01', INTERVAL (seq - 1) DIV ${companies} MONTH), '%Y-%m') AS period
    FROM seq_1_to_${companies * months}) s`;
