import type { Connection } from 'mysql2/promise';

/** A line with thousands of purchases over a year, for tests and benches of its pages. */
export interface LargeLine {
  readonly lineId: string;
  readonly holderFrom: string;
  /** The holder's issued ID first, then four others. */
  readonly people: readonly [number, number, number, number, number];
}

const MONTHS = Array.from({ length: 12 }, (_, n) => {
  const month = 6 + n;
  return month <= 12
    ? `2025-${String(month).padStart(2, '0')}`
    : `2026-${String(month - 12).padStart(2, '0')}`;
});

const lineId = 'COP99999999';
const holderFrom = '2020-01-01';
const chargeId = (number: string) => `CONCAT('01JZ', LPAD(${number}, 22, '0'))`;
/** Purchases follow one another through the months. */
const monthOf = (purchases: number) =>
  `ELT(1 + (seq - 1) * ${MONTHS.length} DIV ${purchases}, ${MONTHS.map((m) => `'${m}'`).join(', ')})`;

/**
 * Inserts the line into a database that has companies and services numbered from 1 and a user numbered from 1, by
 * set-based statements: its purchases of June 2025 to May 2026, all but those of the last day on their invoices, which are
 * numbered except the last; a refund of some of them; a subscription and a consent of each person, and an authorization.
 */
export async function fillLargeLine(
  connection: Connection,
  { purchases, companies }: { readonly purchases: number; readonly companies: number },
): Promise<LargeLine> {
  await connection.query(statements({ purchases, companies }));
  await connection.query(`ANALYZE TABLE charge, invoice_item, line_invoice, line_period, subscriber, subscription, consent,
    open_authorization, line_invoice_tax, refund, subscription_month, free_month, confirmation`);
  const [rows] = await connection.query(
    `SELECT id FROM subscriber WHERE line_id = '${lineId}' ORDER BY slot`,
  );
  const people = (rows as { id: number }[]).map(({ id }) => id);
  return { lineId, holderFrom, people: people as unknown as LargeLine['people'] };
}

const statements = ({ purchases, companies }: { purchases: number; companies: number }) => `
  SET foreign_key_checks = 0;
  INSERT INTO line (line_id, closing_group, status, updated_at) VALUES ('${lineId}', 31, 'active', NOW(3));
  INSERT INTO line_holder (line_id, valid_from, holder, birth_date, updated_at)
  VALUES ('${lineId}', '${holderFrom}', '東西 花子', '1980-02-03', NOW(3));
  INSERT INTO subscriber (issued_id, line_id, holder_from, slot, display_name, is_holder, state, created_at)
  SELECT CONCAT('LARGE', seq), '${lineId}', '${holderFrom}', seq, CONCAT('花子', seq), IF(seq = 1, TRUE, NULL), 'active', NOW(3)
  FROM seq_1_to_5;
  INSERT IGNORE INTO billing_period (period, closing_group, starts_on, closes_on, issue_on, due_on, state)
  SELECT m.month, 31, CONCAT(m.month, '-01'), LAST_DAY(CONCAT(m.month, '-01')), LAST_DAY(CONCAT(m.month, '-01')) + INTERVAL 13 DAY,
    LAST_DAY(CONCAT(m.month, '-01')) + INTERVAL 30 DAY, 'open' FROM (${MONTHS.map((m) => `SELECT '${m}' AS month`).join(' UNION ALL ')}) m;
  INSERT INTO consent (id, company_id, service_id, subscriber_id, line_id, holder_from, description, state, created_at, agreed_at)
  SELECT CONCAT('01JZC', LPAD(slot, 21, '0')), slot, slot, id, line_id, holder_from, '都度課金', 'active', '2025-06-01', '2025-06-01'
  FROM subscriber WHERE line_id = '${lineId}';
  INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
    automatic_capture, subscriber_id, line_id, holder_from, consent_id, created_at, authorized_at, captured_at, business_date,
    reserved_period, billing_period, closing_group)
  SELECT ${chargeId('seq')}, 1 + seq % ${companies}, 1 + seq % ${companies}, 'usage', 'captured', 100 + seq % 400, 100 + seq % 400,
    'standard', 1000, CONCAT('楽曲ダウンロード 第', seq, '話'), TRUE, p.id, p.line_id, p.holder_from,
    CONCAT('01JZC', LPAD(p.slot, 21, '0')), bought, bought, bought, DATE(bought), month, month, 31
  FROM (SELECT seq, ${monthOf(purchases)} AS month, CONCAT(${monthOf(purchases)}, '-', LPAD(1 + seq % 28, 2, '0'), ' 03:00:00') AS bought
    FROM seq_1_to_${purchases}) s
  JOIN subscriber p ON p.line_id = '${lineId}' AND p.slot = 1 + s.seq % 5;
  INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor)
  SELECT line_id, holder_from, billing_period, 31, SUM(captured_minor) FROM charge FORCE INDEX (charge_of_buyer)
  WHERE subscriber_id IN (SELECT id FROM subscriber WHERE line_id = '${lineId}') AND line_id = '${lineId}'
  GROUP BY line_id, holder_from, billing_period;
  INSERT INTO invoice_item (billing_period, closing_group, line_id, holder_from, charge_id, company_id, service_id, business_date,
    kind, description, amount_minor, tax_code, tax_rate_bps, late)
  SELECT billing_period, 31, line_id, holder_from, id, company_id, service_id, business_date, kind, description, captured_minor,
    tax_code, tax_rate_bps, late FROM charge WHERE line_id = '${lineId}' AND business_date < '2026-05-28';
  INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, holder, number, item_count, total_minor)
  SELECT billing_period, 31, line_id, holder_from, '東西 花子', IF(billing_period < '2026-05', CONCAT('LARGE-', billing_period), NULL),
    COUNT(*), SUM(amount_minor) FROM invoice_item WHERE line_id = '${lineId}' GROUP BY billing_period, line_id, holder_from;
  INSERT INTO line_invoice_tax (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
  SELECT billing_period, 31, line_id, holder_from, 'registered', 'standard', 1000, total_minor, total_minor * 1000 DIV 11000
  FROM line_invoice WHERE line_id = '${lineId}' AND number IS NOT NULL;
  INSERT INTO subscription (id, company_id, service_id, item_code, description, amount_minor, tax_code, charge_day, first_month_free,
    last_month_free, subscriber_id, line_id, holder_from, state, created_at, joined_at, joined_on, renewed_through, next_due_on)
  SELECT CONCAT('01JZS', LPAD(slot, 21, '0')), slot, slot, 'monthly', '動画見放題', 500, 'standard', 10, FALSE, TRUE, id, line_id,
    holder_from, 'active', '2025-06-01', '2025-06-01', '2025-06-01', '2026-05', '2026-06-10'
  FROM subscriber WHERE line_id = '${lineId}';
  INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, tax_code, description, automatic_capture, subscriber_id,
    line_id, holder_from, created_at, open_until, authorized_at, reserved_period)
  SELECT ${chargeId(`${purchases} + slot`)}, 1, 1, 'one_time', 'authorized', 100, 'standard', 'カメラ', FALSE, id, line_id, holder_from,
    '2026-05-29', '2026-06-05', '2026-05-29', '2026-05' FROM subscriber WHERE line_id = '${lineId}';
  INSERT INTO open_authorization (line_id, holder_from, charge_id, subscriber_id, amount_minor)
  SELECT line_id, holder_from, id, subscriber_id, amount_minor FROM charge
  WHERE line_id = '${lineId}' AND state = 'authorized';
  INSERT INTO refund (id, charge_id, company_id, service_id, line_id, holder_from, charge_period, charge_group, amount_minor,
    refunded_before_minor, tax_code, tax_rate_bps, kind, business_date, billing_period, closing_group, reason, created_by, created_at)
  SELECT id, id, company_id, service_id, line_id, holder_from, billing_period, closing_group, 10, 0, tax_code, tax_rate_bps, 'invoice',
    business_date, '2026-05', 31, 'other', 'spec', captured_at FROM charge
  WHERE line_id = '${lineId}' AND captured_minor = 177;
  SET foreign_key_checks = 1`;
