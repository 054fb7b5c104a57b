import type { RowDataPacket } from 'mysql2/promise';
import { generateApiKey, hashSecret } from '../../../src/companies/api-key.rules.ts';
import { ensureBillingPeriods } from '../../../src/invoices/ensure-billing-period.ts';
import { billingPeriodOf, businessDateOf, CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { openDeps } from '../../../src/open-deps.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { onDatabase } from '../harness/bench-database.ts';
import type { Buyer } from './load.types.ts';
import { serverConfig } from './server-settings.ts';

/** No company sends more than the rate limit allows it. */
const COMPANIES = 20;
const LINES = 2_000;

/** Rows of a world that sells: companies with a service, a contract and a key, and lines that agreed to one each. */
const worldSql = `
  INSERT INTO company (id, code, name, name_en, address, state, created_at)
  SELECT seq, CONCAT('company-', seq), '株式会社コンテンツ', 'Contents Inc.', '東京都', 'active', NOW(3) FROM seq_1_to_${COMPANIES};
  INSERT INTO ledger_account (code, kind, company_id) SELECT CONCAT('company-payable:', code), 'company-payable', id FROM company;
  INSERT INTO service (id, company_id, code, name, name_en, site_origin, state, created_at)
  SELECT id, id, 'music', '音楽', 'Music', 'https://shop.example', 'active', NOW(3) FROM company;
  INSERT INTO contract (company_id, tariff_code, legal_model, valid_from, per_charge_max_minor, late_charges, authorization_days,
    payout_months, payout_day, payout_bank_day, bank_code, bank_name, branch_code, branch_name, account_type, account_number,
    account_holder, created_at)
  SELECT id, 'flets-2011', 'agency', '2020-01-01', 10000, 'accept', 7, 2, 31, 'previous', '9999', 'ミホン', '001', 'ホンテン',
    'ordinary', '1234567', 'コンテンツ', NOW(3) FROM company;
  INSERT INTO line (line_id, closing_group, status, updated_at)
  SELECT CONCAT('CAF', LPAD(seq, 10, '0')), ELT(1 + seq % 6, 5, 10, 15, 20, 25, 31), 'active', NOW(3) FROM seq_1_to_${LINES};
  INSERT INTO line_holder (line_id, valid_from, holder, birth_date, updated_at) SELECT line_id, '2020-01-01', '東西 花子', '1980-02-03', NOW(3) FROM line;
  INSERT INTO subscriber (issued_id, line_id, holder_from, slot, display_name, state, created_at)
  SELECT CONCAT('F', line_id), line_id, '2020-01-01', 1, '花子', 'active', NOW(3) FROM line;
  INSERT INTO consent (id, company_id, service_id, subscriber_id, line_id, holder_from, description, state, created_at, agreed_at)
  SELECT CONCAT('01JV', LPAD(id, 22, '0')), 1 + id % ${COMPANIES}, 1 + id % ${COMPANIES}, id, line_id, holder_from, '都度課金', 'active',
    NOW(3), NOW(3) FROM subscriber;`;

/** The periods that today belongs to, of all closing groups, so that the one by hand need not make them. */
async function openPeriods(databaseUrl: string): Promise<void> {
  const today = businessDateOf(systemClock.now(), serverConfig().timeZone);
  const deps = await openDeps({ ...serverConfig(), databaseUrl });
  const periods = CLOSING_GROUPS.map((closingGroup) => ({
    period: billingPeriodOf(today, closingGroup),
    closingGroup,
  }));
  await ensureBillingPeriods(deps, periods);
  await deps.close();
}

/** Fills a migrated database; returns whom the load charges. */
export async function fillIntakeWorld(databaseUrl: string): Promise<Buyer[]> {
  await openPeriods(databaseUrl);
  return onDatabase(databaseUrl, async (connection) => {
    await connection.query(worldSql);
    const ids = createIds(systemClock);
    const tokens = new Map<number, string>();
    for (let companyId = 1; companyId <= COMPANIES; companyId += 1) {
      const key = generateApiKey(ids);
      tokens.set(companyId, key.token);
      await connection.query(
        "INSERT INTO api_key (id, company_id, label, secret_hash, scopes, created_at) VALUES (?, ?, 'bench', ?, 'charges:write', NOW(3))",
        [key.id, companyId, hashSecret(key.secret)],
      );
    }
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT id, company_id FROM consent ORDER BY MD5(id)',
    );
    return rows.map((row) => ({
      token: tokens.get(Number(row['company_id']))!,
      consent: publicId('consent', String(row['id'])),
    }));
  });
}
