import { tariffPresets } from '../tariffs.ts';
import { carrierAccounts } from '../../src/ledger/accounts.ts';
import { recordAudit, type AuditDeps } from '../../src/access/audit/record-audit.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';

const actor = 'migration';

/** Adds the rows that the service requires, each with its audit row; existing ones are not changed. */
export async function seedReferenceRows(deps: AuditDeps): Promise<void> {
  for (const preset of tariffPresets) await inTransaction(deps, (tx) => seedTariff(tx, preset));
  for (const kind of carrierAccounts) await inTransaction(deps, (tx) => seedAccount(tx, kind));
}

type Transaction = Parameters<typeof recordAudit>[0];

async function seedTariff(tx: Transaction, preset: (typeof tariffPresets)[number]): Promise<void> {
  const { code, validFrom, definition } = preset;
  // The database refuses a version before a later one, even with INSERT IGNORE.
  const known = await sqlOf(tx.em)
    .selectFrom('tariff')
    .select('code')
    .where('code', '=', code)
    .where('validFrom', '=', validFrom)
    .executeTakeFirst();
  if (known) return;
  const row = { ...preset, createdAt: tx.clock.now() };
  const { numInsertedOrUpdatedRows } = await sqlOf(tx.em)
    .insertInto('tariff')
    .ignore()
    .values(row)
    .executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return;
  const changed = { table: 'tariff', key: [code, validFrom] } as const;
  const subject = `tariff:${code}/${validFrom}`;
  await recordAudit(tx, { actor, action: 'tariff.add', subject, facts: { definition }, changed });
}

async function seedAccount(tx: Transaction, kind: (typeof carrierAccounts)[number]): Promise<void> {
  const row = { code: kind, kind, companyId: null };
  const { insertId, numInsertedOrUpdatedRows } = await sqlOf(tx.em)
    .insertInto('ledger_account')
    .ignore()
    .values(row)
    .executeTakeFirstOrThrow();
  if (!numInsertedOrUpdatedRows) return;
  const changed = { table: 'ledger_account', key: [Number(insertId)] } as const;
  const subject = `ledger-account:${kind}`;
  await recordAudit(tx, { actor, action: 'ledger-account.open', subject, facts: row, changed });
}
