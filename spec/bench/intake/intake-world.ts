import type { RowDataPacket } from 'mysql2/promise';
import { generateApiKey, hashSecret } from '../../../src/companies/api-key.rules.ts';
import { ensureBillingPeriods } from '../../../src/billing-periods/ensure-billing-period.ts';
import { billingPeriodOf, businessDateOf, CLOSING_GROUPS } from '../../../src/shared/calendar.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { createIds } from '../../../src/shared/ids.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { onDatabase } from '../harness/bench-database.ts';
import { fillWorld, withDeps } from '../harness/bench-world.ts';
import type { Buyer } from './load.types.ts';

/** So many that none sends more than the rate limit allows a company. */
const COMPANIES = 20;
const LINES = 2_000;

/** Fills a migrated database; returns whom the load charges, in no order. */
export async function fillIntakeWorld(databaseUrl: string): Promise<Buyer[]> {
  await fillWorld(databaseUrl, { companies: COMPANIES, lines: LINES });
  await openPeriods(databaseUrl);
  const tokens = await issueKeys(databaseUrl);
  return onDatabase(databaseUrl, async (connection) => {
    const [rows] = await connection.query<RowDataPacket[]>(
      'SELECT id, company_id FROM consent ORDER BY MD5(id)',
    );
    return rows.map((row) => ({
      token: tokens.get(Number(row['company_id']))!,
      consent: publicId('consent', String(row['id'])),
    }));
  });
}

/** The periods that today belongs to, of all closing groups, so that the one by hand need not make them. */
async function openPeriods(databaseUrl: string): Promise<void> {
  await withDeps(databaseUrl, async (deps) => {
    const today = businessDateOf(systemClock.now(), deps.config.timeZone);
    await ensureBillingPeriods(
      deps,
      CLOSING_GROUPS.map((closingGroup) => ({ period: billingPeriodOf(today, closingGroup), closingGroup })),
    );
  });
}

function issueKeys(databaseUrl: string): Promise<Map<number, string>> {
  const ids = createIds(systemClock);
  const tokens = new Map<number, string>();
  return onDatabase(databaseUrl, async (connection) => {
    for (let companyId = 1; companyId <= COMPANIES; companyId += 1) {
      const key = generateApiKey(ids);
      tokens.set(companyId, key.token);
      await connection.query(
        "INSERT INTO api_key (id, company_id, label, secret_hash, scopes, created_at) VALUES (?, ?, 'bench', ?, 'charges:write', NOW(3))",
        [key.id, companyId, hashSecret(key.secret)],
      );
    }
    return tokens;
  });
}
