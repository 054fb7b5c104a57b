import type { Connection } from 'mysql2/promise';
import { parseConfig } from '../../../config/config.ts';
import { isTransient } from '../../../src/database/database-error.rules.ts';
import { openDeps } from '../../../src/open-deps.ts';
import type { Deps } from '../../../src/deps.ts';
import { ensureBillingPeriods, type PeriodKey } from '../../../src/billing-periods/ensure-billing-period.ts';
import { billingPeriodOf, CLOSING_GROUPS, type ClosingGroup } from '../../../src/shared/calendar.rules.ts';
import { setServiceTermsSql } from '../../support/service-terms.ts';
import { onDatabase } from './bench-database.ts';
import { indexesAfterwards } from './indexes-afterwards.ts';

/** How large a world is. */
export interface WorldSize {
  readonly companies: number;
  readonly lines: number;
  /** Of all lines; left out, they take the closing groups in turn. */
  readonly closingGroup?: ClosingGroup;
}

const lineId = (number: string) => `CONCAT('CAF', LPAD(${number}, 10, '0'))`;
const consentId = (number: string) => `CONCAT('01JV', LPAD(${number}, 22, '0'))`;
const closingGroupSql = ({ closingGroup }: WorldSize, number: string) =>
  closingGroup === undefined
    ? `CAST(ELT(1 + ${number} % 6, 5, 10, 15, 20, 25, 31) AS INT)`
    : String(closingGroup);

const worldSql = (size: WorldSize) => worldOf(size, closingGroupSql(size, 'seq'));

const worldOf = ({ companies, lines }: WorldSize, closingGroup: string) => `
  INSERT INTO company (id, code, name, name_en, address, registration_number, registered_from, state, created_at)
  SELECT seq, CONCAT('company-', seq), '株式会社コンテンツ', 'Contents Inc.', '東京都', 'T4011001098993', '2020-01-01', 'active', NOW(3)
  FROM seq_1_to_${companies};
  INSERT INTO ledger_account (code, kind, company_id) SELECT CONCAT('company-payable:', code), 'company-payable', id FROM company;
  INSERT INTO service (id, company_id, code, name, name_en, site_origin, state, created_at)
  SELECT id, id, 'music', '音楽', 'Music', 'https://shop.example', 'active', NOW(3) FROM company;
  ${setServiceTermsSql};
  INSERT INTO contract (company_id, tariff_code, legal_model, valid_from, per_charge_max_minor, late_charges, authorization_days,
    payout_months, payout_day, payout_bank_day, created_at)
  SELECT id, 'flets-2011', 'agency', '2020-01-01', 10000, 'accept', 7, 2, 31, 'previous', NOW(3) FROM company;
  INSERT INTO bank_account (company_id, version, bank_code, bank_name, branch_code, branch_name, account_type, account_number,
    account_holder, created_at)
  SELECT id, 1, '9999', 'ミホン', '001', 'ホンテン', 'ordinary', '1234567', 'コンテンツ', NOW(3) FROM company;
  INSERT INTO line (line_id, closing_group, status, updated_at)
  SELECT ${lineId('seq')}, ${closingGroup}, 'active', NOW(3) FROM seq_1_to_${lines};
  INSERT INTO line_holder (line_id, valid_from, holder, birth_date, updated_at) SELECT line_id, '2020-01-01', '東西 花子', '1980-02-03', NOW(3) FROM line;
  INSERT INTO subscriber (id, issued_id, line_id, holder_from, slot, display_name, state, created_at)
  SELECT seq, CONCAT('F', LPAD(seq, 10, '0')), ${lineId('seq')}, '2020-01-01', 1, '花子', 'active', NOW(3) FROM seq_1_to_${lines};
  INSERT INTO consent (id, company_id, service_id, subscriber_id, line_id, holder_from, description, state, created_at, agreed_at)
  SELECT ${consentId('id')}, 1 + id % ${companies}, 1 + id % ${companies}, id, line_id, holder_from, '都度課金', 'active', NOW(3), NOW(3)
  FROM subscriber;`;

/**
 * Fills a migrated database with companies (a service and a contract each) and lines (a subscriber each, who
 * agreed to one company), by set-based statements: a bench does not measure the creation of its world.
 */
export async function fillWorld(databaseUrl: string, size: WorldSize): Promise<void> {
  await onDatabase(databaseUrl, (connection) => connection.query(worldSql(size)));
}

/** Captured charges of one business date. */
export interface ChargesToFill extends WorldSize {
  readonly charges: number;
  readonly businessDate: string;
}

const CHARGES_AT_ONCE = 50_000;
/** Connections that fill at the same time. */
const FILLERS = 2;

/**
 * Captures charges on a business date in an order that has nothing to do with lines or companies, as they come
 * by day; each with its entry in the ledger. Returns the periods they are in.
 */
export async function fillCharges(databaseUrl: string, fill: ChargesToFill): Promise<PeriodKey[]> {
  const { businessDate } = fill;
  const periods = CLOSING_GROUPS.map((group) => ({
    period: billingPeriodOf(businessDate, group),
    closingGroup: group,
  }));
  await withDeps(databaseUrl, (deps) => ensureBillingPeriods(deps, periods));
  const period = `CASE closing_group ${periods.map((p) => `WHEN ${p.closingGroup} THEN '${p.period}'`).join(' ')} END`;
  const fillPart = (part: number) =>
    onDatabase(databaseUrl, async (connection) => {
      await connection.query('SET foreign_key_checks = 0, unique_checks = 0');
      for (let from = 1 + part * CHARGES_AT_ONCE; from <= fill.charges; from += FILLERS * CHARGES_AT_ONCE) {
        const through = Math.min(fill.charges, from + CHARGES_AT_ONCE - 1);
        await untilItIsIn(connection, chargesSql(fill, { from, through, period }));
        await untilItIsIn(connection, entriesSql({ from, through }));
      }
    });
  await indexesAfterwards(databaseUrl, 'charge', async () => {
    await Promise.all(Array.from({ length: FILLERS }, (_, part) => fillPart(part)));
  });
  return periods;
}

/** One statement; the fillers meet at the end of an index, and the server may end one of two that wait for each other. */
async function untilItIsIn(connection: Connection, statement: string): Promise<void> {
  for (;;) {
    try {
      await connection.query(statement);
      return;
    } catch (error) {
      if (!isTransient(error)) throw error;
    }
  }
}

function chargesSql(
  size: ChargesToFill,
  { from, through, period }: { from: number; through: number; period: string },
): string {
  const { companies, lines, businessDate } = size;
  // A prime that divides no number of lines: neighbours in time are strangers by line.
  const numbered = `SELECT seq, CONCAT('01JW', LPAD(seq, 22, '0')) AS id, 1 + (seq * 7919) % ${lines} AS line FROM seq_${from}_to_${through}`;
  const placed = `SELECT n.*, 1 + line % ${companies} AS company, ${closingGroupSql(size, 'line')} AS closing_group FROM (${numbered}) n`;
  return `
    INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
      reference, automatic_capture, subscriber_id, line_id, holder_from, consent_id, created_at, authorized_at, captured_at,
      business_date, reserved_period, billing_period, closing_group)
    SELECT id, company, company, 'usage', 'captured', 100 + seq % 400, 100 + seq % 400, 'standard', 1000, CONCAT('楽曲 ', seq),
      CONCAT('order-', seq), TRUE, line, ${lineId('line')}, '2020-01-01', ${consentId('line')}, '${businessDate} 03:00:00',
      '${businessDate} 03:00:00', '${businessDate} 03:00:00', '${businessDate}', ${period}, ${period}, closing_group
    FROM (${placed}) p`;
}

/** What each of these charges was to the ledger. */
function entriesSql({ from, through }: { from: number; through: number }): string {
  return `
    INSERT INTO ledger_entry (business_date, journal_id, kind, debit_account, credit_account, amount_minor, billing_period)
    SELECT c.business_date, c.id, 'capture', (SELECT id FROM ledger_account WHERE code = 'subscriber-receivable'), a.id,
      c.captured_minor, c.billing_period
    FROM charge c JOIN ledger_account a ON a.company_id = c.company_id
    WHERE c.id BETWEEN CONCAT('01JW', LPAD(${from}, 22, '0')) AND CONCAT('01JW', LPAD(${through}, 22, '0'))`;
}

/** Runs work with the dependencies of the service, on the real clock; its log is off. */
export async function withDeps<T>(
  databaseUrl: string,
  work: (deps: Deps) => Promise<T>,
  settings: Readonly<Record<string, string>> = {},
): Promise<T> {
  const config = parseConfig({ ...process.env, LOG_LEVEL: 'silent', ...settings, DATABASE_URL: databaseUrl });
  const deps = await openDeps(config);
  try {
    return await work(deps);
  } finally {
    await deps.close();
  }
}
