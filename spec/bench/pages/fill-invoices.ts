import { addDays, addMonths } from '../../../src/shared/calendar.rules.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { daysOf, idPrefix, type HistorySize } from './fill-history.ts';

/** Days after the close until the results of an invoice are in. */
const DAYS_TO_RESULT = 45;
/** Months of which the items are on invoices: those of which something is without a result. */
const MONTHS_OF_ITEMS = 4;

/**
 * Line invoices of the charges of a history, numbered once their period is closed; collection results of those that are older than 45
 * days, of which one in a hundred is pending, one partial and one uncollected; and cases of the last months. The periods that are over are closed.
 */
export async function fillInvoices(url: string, size: HistorySize): Promise<void> {
  const today = daysOf(size).at(-1)!;
  await onDatabase(url, async (connection) => {
    await connection.query('SET foreign_key_checks = 0, unique_checks = 0, check_constraint_checks = 0');
    for (let index = -1; index < size.months; index += 1)
      await connection.query(invoicesSql(addMonths(size.firstMonth, index), today));
    for (let index = size.months - MONTHS_OF_ITEMS; index < size.months; index += 1)
      await connection.query(itemsSql(addMonths(size.firstMonth, index)));
    await connection.query(resultsSql(today));
    await connection.query(casesSql(today));
    await connection.query(closedSql(today));
  });
}

const invoicesSql = (period: string, today: string) => `
  INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
  SELECT c.billing_period, c.closing_group, c.line_id, c.holder_from,
    IF(p.closes_on < '${today}', CONCAT('I', REPLACE(p.period, '-', ''), '-', p.closing_group, '-', RIGHT(c.line_id, 10)), NULL),
    COUNT(*), SUM(c.captured_minor)
  FROM billing_period p STRAIGHT_JOIN charge c FORCE INDEX (charge_to_fold)
    ON c.billing_period = p.period AND c.closing_group = p.closing_group
  WHERE p.period = '${period}' GROUP BY c.billing_period, c.closing_group, c.line_id, c.holder_from`;

const itemsSql = (period: string) => `
  INSERT INTO invoice_item (billing_period, closing_group, line_id, holder_from, charge_id, refund_id, company_id, service_id,
    business_date, kind, description, amount_minor, tax_code, tax_rate_bps, late)
  SELECT billing_period, closing_group, line_id, holder_from, id, '', company_id, service_id, business_date, kind, description,
    captured_minor, tax_code, tax_rate_bps, FALSE
  FROM charge FORCE INDEX (charge_to_fold) WHERE billing_period = '${period}'`;

const resultsSql = (today: string) => `
  INSERT INTO invoice_collection (invoice_number, billing_period, closing_group, total_minor, state, collected_minor,
    uncollected_minor, result_count, changed_on)
  SELECT n.number, n.billing_period, n.closing_group, n.total_minor, n.state,
    CASE n.state WHEN 'collected' THEN n.total_minor WHEN 'partial' THEN 1 ELSE 0 END,
    CASE n.state WHEN 'uncollected' THEN n.total_minor WHEN 'partial' THEN n.total_minor - 1 ELSE 0 END, 1, '${today}'
  FROM (SELECT l.*, COALESCE(ELT(1 + CRC32(l.number) % 100, 'pending', 'partial', 'uncollected'), 'collected') AS state
    FROM billing_period p STRAIGHT_JOIN line_invoice l ON l.billing_period = p.period AND l.closing_group = p.closing_group
    WHERE p.closes_on < '${addDays(today, -DAYS_TO_RESULT)}' AND l.number IS NOT NULL) n;
  INSERT INTO company_collection (invoice_number, company_id, billing_period, legal_model, uncollected_minor, lost_minor,
    recovered_minor, changed_on)
  SELECT invoice_number, 1 + CRC32(invoice_number) % 100, billing_period, 'agency', uncollected_minor, 0, 0, '${today}'
  FROM invoice_collection WHERE uncollected_minor > 0`;

/** Cases of the last 90 days about charges of their days. */
const casesSql = (today: string) => `
  INSERT INTO support_case (number, kind, subject_kind, subject_id, company_id, service_id, subscriber_id, line_id, holder_from,
    state, outcome, opened_at, closed_at)
  SELECT CONCAT('C-', LEFT('${today}', 4), '-', LPAD(ROW_NUMBER() OVER (ORDER BY c.id), 6, '0')), 'unrecognised-purchase', 'charge', c.id,
    c.company_id, c.service_id, 1, c.line_id, c.holder_from, 'closed', 'explained', c.captured_at, c.captured_at
  FROM charge c FORCE INDEX (PRIMARY) WHERE c.id >= '${idPrefix(addDays(today, -90))}' AND CRC32(c.id) % 500 = 0 LIMIT 2000`;

/** The periods that are over, as their close leaves them. */
const closedSql = (today: string) => `
  UPDATE billing_period p SET p.state = 'closed', p.item_count = 0,
    p.invoice_count = (SELECT COUNT(*) FROM line_invoice l WHERE l.billing_period = p.period AND l.closing_group = p.closing_group), p.total_minor = 0, p.checksum = REPEAT('0', 64),
    p.closed_at = DATE_ADD(p.closes_on, INTERVAL 1 DAY)
  WHERE p.closes_on < '${today}'`;
