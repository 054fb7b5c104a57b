import { tariffPresets } from './tariffs.ts';
import { carrierAccounts } from '../src/ledger/accounts.ts';
import type { Em } from '../src/database/orm.ts';
import { sqlOf } from '../src/database/sql.ts';

/** The rows the service cannot be without; those that are there already stay as they are. */
export async function seedReferenceRows(em: Em): Promise<void> {
  const sql = sqlOf(em);
  const createdAt = new Date();
  // The database takes no version before a later one, not even to ignore it.
  const known = await sql.selectFrom('tariff').select(['code', 'validFrom']).execute();
  const presets = tariffPresets.filter(
    ({ code, validFrom }) => !known.some((one) => one.code === code && one.validFrom === validFrom),
  );
  if (presets.length > 0) {
    await sql
      .insertInto('tariff')
      .ignore()
      .values(presets.map((preset) => ({ ...preset, createdAt })))
      .execute();
  }
  await sql
    .insertInto('ledger_account')
    .ignore()
    .values(carrierAccounts.map((kind) => ({ code: kind, kind, companyId: null })))
    .execute();
}
