import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openOrm } from '../../config/database/orm.ts';
import { parseConfig } from '../../config/config.ts';
import { changesAreRecorded } from '../../src/invariants/changes-are-recorded.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const MIGRATION = '0009-frozen-documents';

/** The schema of the previous release. */
async function migrateBefore(databaseUrl: string): Promise<void> {
  const files = readdirSync(new URL('../../migrations', import.meta.url)).sort();
  const to = files[files.indexOf(`${MIGRATION}.sql`) - 1]?.replace('.sql', '');
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  await orm.migrator.up({ to: to ?? '' });
  await orm.close();
}

let database: TestDatabase;
let orm: Awaited<ReturnType<typeof openOrm>>;
before(async () => {
  database = await createTestDatabase(migrateBefore, 'before_0009');
  orm = await openOrm({ databaseUrl: database.ownerUrl });
  for (const statement of ROWS) await orm.em.fork().execute(statement);
  await orm.migrator.up();
});
after(async () => {
  await orm.close();
  await database.drop();
});

const at = `'2026-05-01 00:00:00.000'`;
const ROWS = [
  `INSERT INTO company VALUES (7, 'shop', '店、"甲"', 'Shop', '東京', 'T4011001098993', '2023-10-01', NULL, 'active', ${at})`,
  `INSERT INTO service VALUES (8, 7, 'film', '映画', 'Film', 'https://shop.example', 'active', ${at})`,
  `INSERT INTO tariff VALUES ('own', '2020-01-01', '自', 'Own', '{"percentBps":100}', ${at})`,
  `INSERT INTO contract VALUES (9, 7, 'own', 'agency', '2026-01-01', NULL, 10000, 'accept', 7, 2, 31, 'previous',
    '9999', 'ミホン', '001', 'ホンテン', 'ordinary', '1234567', 'カ)ミセ', ${at})`,
  `INSERT INTO api_key VALUES ('01KR7X7KW0FDB0PYYWGFANZFPS', 7, 'shop', SHA2('x', 256), 'charges:read', ${at}, NULL)`,
  `INSERT INTO ledger_account VALUES (50, 'company-payable:shop', 'company-payable', 7)`,
  `INSERT INTO line (line_id, closing_group, status, monthly_limit_minor, updated_at)
    VALUES ('CAF0000000001', 31, 'active', NULL, ${at}), ('CAF0000000002', 5, 'closed', 500, ${at})`,
  `INSERT INTO line_holder (line_id, valid_from, valid_to, holder, birth_date, email, updated_at)
    VALUES ('CAF0000000001', '2026-01-01', '2026-05-01', '東西 花子', '1990-01-01', NULL, ${at}),
      ('CAF0000000001', '2026-05-01', NULL, '𠮷田', NULL, 'a@example.jp', ${at}),
      ('CAF0000000002', '2026-01-01', NULL, '南 三郎', NULL, NULL, ${at})`,
  `INSERT INTO subscriber (id, issued_id, line_id, holder_from, slot, display_name, password_hash, monthly_limit_minor,
    state, created_at, ended_at) VALUES (3, 'F1', 'CAF0000000001', '2026-05-01', 1, '花子', 'hash', NULL, 'active', ${at}, NULL)`,
  `INSERT INTO billing_period (period, closing_group, starts_on, closes_on, issue_on, due_on, state)
    SELECT m.period, g.closing_group, CONCAT(m.period, '-01'), CONCAT(m.period, '-28'), CONCAT(m.period, '-28'),
      CONCAT(m.period, '-28'), 'open'
    FROM (SELECT '2026-04' AS period UNION SELECT '2026-05') m,
      (SELECT 5 AS closing_group UNION SELECT 10 UNION SELECT 15 UNION SELECT 20 UNION SELECT 25 UNION SELECT 31) g`,
  `INSERT INTO line_invoice (billing_period, closing_group, line_id, holder_from, number, item_count, total_minor)
    VALUES ('2026-04', 31, 'CAF0000000002', '2026-01-01', '202604-31-0000001', 1, 500),
      ('2026-05', 31, 'CAF0000000002', '2026-01-01', NULL, 1, 500)`,
  `UPDATE billing_period SET state = 'closed', invoice_count = 1, item_count = 0, total_minor = 0, checksum = SHA2('x', 256),
    closed_at = ${at} WHERE period = '2026-04'`,
  `INSERT INTO settlement (id, company_id, billing_period, contract_id, number, state, settled_on, billed_minor,
      refunded_minor, line_count, item_count, tariff_code, tariff_from, fee_branch, fee_ex_tax_minor, fee_tax_rate_bps,
      fee_tax_minor, carried_in_minor, payout_minor, carried_out_minor, payout_on, created_at)
    VALUES ('01KR7X7KW0FDB0PYYWGFANZFPT', 7, '2026-04', 9, 'S202604-000007', 'draft', '2026-05-25', 0, 0, 0, 0, 'own',
      '2020-01-01', 'percent', 0, 1000, 0, 0, 0, 0, '2026-06-30', ${at})`,
  `UPDATE settlement SET state = 'approved'`,
];

test('existing rows are accepted as they are, each with its audit row', async () => {
  const config = parseConfig({ DATABASE_URL: database.url });
  const unused = {} as never;
  const deps = { orm, config, clock: unused, ids: unused, log: unused, documents: unused };
  const findings = await inTransaction(deps, async (tx) => {
    const found = [];
    for (const rule of changesAreRecorded.rules) found.push(await rule.find(tx, {}));
    return found;
  });
  assert.deepEqual(
    findings.flatMap(({ offending }) => offending),
    [],
  );
  const rows = await orm.em.fork().execute<{ record: string; n: number }[]>(
    `SELECT record_table AS record, COUNT(*) AS n FROM audit_entry WHERE actor = 'migration'
       AND record_table <> 'ledger_account' GROUP BY record_table ORDER BY record_table`,
  );
  assert.deepEqual(
    rows.map(({ record, n }) => [record, n]),
    [
      ['api_key', 1],
      ['bank_account', 1],
      ['billing_period', 6],
      ['company', 1],
      ['contract', 2],
      ['line', 1],
      ['service', 1],
      ['settlement', 2],
      ['settlement_document', 1],
      ['subscriber', 1],
      ['tariff', 1],
    ],
  );
});

test('periods that closed before have the texts of their documents stored', async () => {
  const [document] = await orm.em
    .fork()
    .execute<{ content: string; adopted: number }[]>('SELECT content, adopted FROM settlement_document');
  assert.equal(document?.adopted, 1);
  assert.deepEqual(JSON.parse(document?.content ?? ''), {
    issuer: null,
    company: {
      code: 'shop',
      name: '店、"甲"',
      nameEn: 'Shop',
      address: '東京',
      registrationNumber: 'T4011001098993',
      registeredFrom: '2023-10-01',
      registeredTo: null,
    },
    contract: {
      validFrom: '2026-01-01',
      legalModel: 'agency',
      payoutMonths: 2,
      payoutDay: 31,
      payoutBankDay: 'previous',
    },
    bankAccount: {
      bankCode: '9999',
      bankName: 'ミホン',
      branchCode: '001',
      branchName: 'ホンテン',
      accountType: 'ordinary',
      accountNumber: '1234567',
      accountHolder: 'カ)ミセ',
    },
    tariff: { name: '自', nameEn: 'Own', definition: { percentBps: 100 } },
    services: [{ id: 8, code: 'film', name: '映画', nameEn: 'Film' }],
  });
  const parties = await orm.em
    .fork()
    .execute('SELECT DISTINCT kind, party_id, name FROM closed_period_party ORDER BY kind');
  assert.deepEqual(parties, [
    { kind: 'company', party_id: 7, name: '店、"甲"' },
    { kind: 'service', party_id: 8, name: '映画' },
  ]);
});

test('numbered invoices have the name of their holder, and the trigger that protects them is unchanged', async () => {
  const invoices = await orm.em
    .fork()
    .execute('SELECT billing_period, holder FROM line_invoice ORDER BY billing_period');
  assert.deepEqual(invoices, [
    { billing_period: '2026-04', holder: '南 三郎' },
    { billing_period: '2026-05', holder: null },
  ]);
  await assert.rejects(
    orm.em.fork().execute(`UPDATE line_invoice SET holder = NULL WHERE number IS NOT NULL`),
    /line_invoice_is_final/,
  );
});
