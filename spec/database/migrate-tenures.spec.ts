import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CompiledQuery } from 'kysely';
import pino from 'pino';
import { parseConfig } from '../../config/config.ts';
import { migrate } from '../../config/database/migrate.ts';
import { openOrm } from '../../config/database/orm.ts';
import { tariffPresets } from '../../config/tariffs.ts';
import { captureCharge } from '../../src/charges/capture-charge.ts';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { carrierAccounts } from '../../src/ledger/accounts.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { DocumentThreads } from '../../src/rendering/document-threads.ts';
import { MovableClock } from '../../src/shared/clock.ts';
import { createIds } from '../../src/shared/ids.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { keyOf, staff } from '../support/actors.ts';

/** The last migration before limits and invoices belonged to tenures. */
const LAST_BEFORE = '0004-books';

let database: TestDatabase;
let deps: Deps;
const clock = new MovableClock(new Date('2026-05-20T03:00:00.000Z'));

before(async () => {
  database = await createTestDatabase(migrateUntilThen, 'before_tenures');
  const filesDir = await mkdtemp(join(tmpdir(), 'tabane-migrated-'));
  const config = parseConfig({ DATABASE_URL: database.url, FILES_DIR: filesDir });
  const orm = await openOrm({ databaseUrl: database.url, poolSize: 5 });
  deps = {
    orm,
    config,
    clock,
    ids: createIds(clock),
    log: pino({ enabled: false }),
    documents: new DocumentThreads(),
  };
  for (const statement of rowsOfBefore()) await run(statement);
  await migrate(database.ownerUrl, database.url);
});
after(async () => {
  await deps.orm.close();
  await database.drop();
  await rm(deps.config.filesDir, { recursive: true });
});

async function migrateUntilThen(databaseUrl: string): Promise<void> {
  const orm = await openOrm({ databaseUrl, poolSize: 2 });
  await orm.migrator.up({ to: LAST_BEFORE });
  // Like that release, whose audit rows had no records.
  const [query, createdAt] = [sqlOf(orm.em.fork()), new Date()];
  const tariffs = tariffPresets.map((preset) => ({ ...preset, createdAt }));
  await query.insertInto('tariff').values(tariffs).execute();
  const accounts = carrierAccounts.map((kind) => ({ code: kind, kind, companyId: null }));
  await query.insertInto('ledger_account').values(accounts).execute();
  await orm.close();
}

const run = (statement: string) => sqlOf(deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));
const rowsOf = async (statement: string) => (await run(statement)).rows as Record<string, unknown>[];

/** A line whose April is closed, and one whose May is open; both changed hands in the period. */
const [APRIL, MAY, NUMBER] = ['CAF0000000001', 'CAF0000000002', '202604-31-0000001'];

/** The carrier's file of April: one invoice for both holders. */
function detailsOfApril(): string {
  const { name, registrationNumber } = deps.config.carrier;
  const common = `${NUMBER},${APRIL},2026-04,2026-04-30,2026-05-13,2026-06-01`;
  const rest = '商店,T4011001098993,registered,動画,映画,,standard,10';
  return `record,invoice_number,line_id,billing_period,closing_date,issue_date,due_date,holder,item_no,charge_id,supplied_on,company,registration_number,part,service,description,reduced_rate_mark,tax_code,tax_rate_percent,amount,tax,late
invoice,${common},一郎 / 二郎,2,,,${name},${registrationNumber},,,,,,,800,,
item,${common},一郎,1,${idOf(1)},2026-04-10,${rest},300,,
item,${common},二郎,2,${idOf(2)},2026-04-20,${rest},500,,
total,${common},,,,,,,registered,,,,standard,10,800,72,
`;
}

const idOf = (n: number) => `01JWFF${String(n).padStart(20, '0')}`;

interface OldCharge {
  readonly n: number;
  readonly line: string;
  readonly holderFrom: string;
  readonly subscriber: number;
  readonly date: string;
  readonly amount: number;
  readonly captured?: boolean;
}

const oldCharges: readonly OldCharge[] = [
  { n: 1, line: APRIL, holderFrom: '2026-01-01', subscriber: 1, date: '2026-04-10', amount: 300 },
  { n: 2, line: APRIL, holderFrom: '2026-04-16', subscriber: 2, date: '2026-04-20', amount: 500 },
  { n: 3, line: MAY, holderFrom: '2026-01-01', subscriber: 3, date: '2026-05-02', amount: 3_000 },
  { n: 4, line: MAY, holderFrom: '2026-05-06', subscriber: 4, date: '2026-05-18', amount: 2_000 },
  // Of the former holder, who has lost the line, and of the present one, also granted in May.
  {
    n: 5,
    line: MAY,
    holderFrom: '2026-01-01',
    subscriber: 3,
    date: '2026-05-04',
    amount: 400,
    captured: false,
  },
  {
    n: 6,
    line: MAY,
    holderFrom: '2026-05-06',
    subscriber: 4,
    date: '2026-05-19',
    amount: 6_000,
    captured: false,
  },
];

const at = (date: string) => `'${date} 03:00:00'`;

function rowsOfBefore(): string[] {
  const holding = `birth_date, email, updated_at) VALUES`;
  const charges = oldCharges.flatMap(({ n, line, holderFrom, subscriber, date, amount, captured = true }) => {
    const [id, month] = [idOf(n), date.slice(0, 7)];
    const ledger = (kind: string, debit: string, credit: string) =>
      `INSERT INTO ledger_entry SELECT '${date}', '${id}', '${kind}', d.id, c.id, ${amount}, ${captured ? `'${month}'` : 'NULL'}
       FROM ledger_account d, ledger_account c WHERE d.kind = '${debit}' AND c.kind = '${credit}'`;
    return [
      `INSERT INTO checkout (subject_id, kind, company_id, return_url, state, expires_at, decided_at)
       VALUES ('${id}', 'charge', 1, 'https://shop.example/', 'confirmed', ${at(date)}, ${at(date)})`,
      `INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps, description,
         automatic_capture, subscriber_id, line_id, holder_from, created_at, open_until, authorized_at, reserved_period,
         captured_at, business_date, billing_period, closing_group)
       VALUES ('${id}', 1, 1, 'one_time', '${captured ? 'captured' : 'authorized'}', ${amount}, ${captured ? amount : 'NULL'},
         'standard', ${captured ? 1_000 : 'NULL'}, '映画', ${captured ? 1 : 0}, ${subscriber}, '${line}', '${holderFrom}', ${at(date)},
         ${captured ? 'NULL' : `${at(date)} + INTERVAL 30 DAY`}, ${at(date)}, '${month}',
         ${captured ? `${at(date)}, '${date}', '${month}', 31` : 'NULL, NULL, NULL, NULL'})`,
      captured
        ? ledger('capture', 'subscriber-receivable', 'company-payable')
        : ledger('authorization', 'authorization-held', 'authorization-owed'),
    ];
  });
  const checksum = createHash('sha256').update(detailsOfApril()).digest('hex');
  return [
    `INSERT INTO company VALUES (1, 'shop', '商店', 'Shop', '東京', 'T4011001098993', '2020-01-01', NULL, 'active', ${at('2026-01-01')})`,
    `INSERT INTO ledger_account (code, kind, company_id) VALUES ('company-payable:1', 'company-payable', 1)`,
    `INSERT INTO service VALUES (1, 1, 'video', '動画', 'Video', 'https://shop.example', 'active', ${at('2026-01-01')})`,
    `INSERT INTO contract VALUES (1, 1, 'flets-2011', 'agency', '2026-01-01', NULL, 50000, 'accept', 7, 1, 25, 'next', '9999', 'ギンコウ', '001', 'ホンテン',
       'ordinary', '1234567', 'ショウテン', ${at('2026-01-01')})`,
    `INSERT INTO line VALUES ('${APRIL}', 31, 'active', NULL, ${at('2026-01-01')}), ('${MAY}', 31, 'active', NULL, ${at('2026-01-01')})`,
    `INSERT INTO line_holder (line_id, valid_from, valid_to, holder, ${holding}
       ('${APRIL}', '2026-01-01', '2026-04-16', '一郎', NULL, NULL, NOW()), ('${APRIL}', '2026-04-16', NULL, '二郎', NULL, NULL, NOW()),
       ('${MAY}', '2026-01-01', '2026-05-06', '三郎', NULL, NULL, NOW()), ('${MAY}', '2026-05-06', NULL, '四郎', NULL, NULL, NOW())`,
    ...[1, 2, 3, 4].map(
      (
        id,
      ) => `INSERT INTO subscriber SELECT ${id}, 'F0000000000${id}', line_id, valid_from, ${id}, '人', NULL, NULL, 'active', NOW(), NULL
        FROM line_holder WHERE holder = '${['一郎', '二郎', '三郎', '四郎'][id - 1]}'`,
    ),
    `INSERT INTO consent SELECT '01JWCC00000000000000000000', 1, 1, id, line_id, holder_from, '都度', NULL, 'active', NOW(), NOW(), NULL
       FROM subscriber WHERE id = 4`,
    `INSERT INTO billing_period VALUES ('2026-04', 31, '2026-04-01', '2026-04-30', '2026-05-13', '2026-06-01', 'open', NULL, NULL, NULL, NULL, NULL),
       ('2026-05', 31, '2026-05-01', '2026-05-31', '2026-06-13', '2026-06-30', 'open', NULL, NULL, NULL, NULL, NULL)`,
    ...charges,
    `INSERT INTO line_period VALUES ('${APRIL}', '2026-04', 31, 800), ('${MAY}', '2026-05', 31, 11400)`,
    `INSERT INTO invoice_item SELECT billing_period, closing_group, line_id, id, company_id, service_id, holder_from, business_date, kind,
       description, captured_minor, tax_code, tax_rate_bps, late FROM charge WHERE state = 'captured'`,
    `INSERT INTO line_invoice SELECT billing_period, closing_group, line_id, NULL, COUNT(*), SUM(amount_minor) FROM invoice_item
       GROUP BY billing_period, closing_group, line_id`,
    `UPDATE line_invoice SET number = '${NUMBER}' WHERE line_id = '${APRIL}'`,
    `INSERT INTO line_invoice_tax VALUES ('2026-04', 31, '${APRIL}', 'registered', 'standard', 1000, 800, 72)`,
    `UPDATE billing_period SET state = 'closed', invoice_count = 1, item_count = 2, total_minor = 800, checksum = '${checksum}',
       closed_at = NOW() WHERE period = '2026-04'`,
  ];
}

test('all invariants hold after the migration of a database with data', async () => {
  const broken = (await checkInvariants(deps, staff())).filter(({ holds }) => !holds);
  assert.deepEqual(
    broken.flatMap(({ offending }) => offending),
    [],
  );
});

test('a numbered invoice is not split, and its details are written again to the same bytes', async () => {
  const invoices = await rowsOf(
    `SELECT number, item_count AS items FROM line_invoice WHERE line_id = '${APRIL}'`,
  );
  assert.deepEqual(invoices, [{ number: NUMBER, items: 2 }]);
  const { path } = await exportAgain(deps, staff(), { period: '2026-04', closingGroup: 31 });
  assert.equal(await readFile(path, 'utf8'), detailsOfApril());
});

test('numbered rows still refuse every change', async () => {
  for (const [table, refusal] of Object.entries({
    line_invoice: /line_invoice_is_final/,
    invoice_item: /invoice_item_is_final/,
    line_invoice_tax: /line_invoice_tax_is_final/,
  })) {
    const change = run(`UPDATE ${table} SET total_minor = 1 WHERE line_id = '${APRIL}'`);
    if (table !== 'invoice_item') await assert.rejects(change, refusal);
    else await assert.rejects(change);
    await assert.rejects(
      run(`DELETE FROM ${table} WHERE line_id = '${APRIL}'`),
      new RegExp(`${table}_stays`),
    );
  }
  const moved = run(`UPDATE invoice_item SET holder_from = '2026-04-16' WHERE line_id = '${APRIL}'`);
  await assert.rejects(moved, /invoice_item_is_final/);
});

test('an open invoice of two holders is split, and so is their spending', async () => {
  const invoices = await rowsOf(
    `SELECT holder_from AS holder, item_count AS items, CAST(total_minor AS CHAR) AS total FROM line_invoice WHERE line_id = '${MAY}'`,
  );
  assert.deepEqual(invoices, [
    { holder: '2026-01-01', items: 1, total: '3000' },
    { holder: '2026-05-06', items: 1, total: '2000' },
  ]);
  const spent = await rowsOf(
    `SELECT p.holder_from AS holder, CAST(p.spent_minor AS CHAR) AS spent, CAST(h.held_minor AS CHAR) AS held FROM line_period p
     JOIN tenure_hold h USING (line_id, holder_from) WHERE p.line_id = '${MAY}'`,
  );
  assert.deepEqual(spent, [
    { holder: '2026-01-01', spent: '3000', held: '400' },
    { holder: '2026-05-06', spent: '2000', held: '6000' },
  ]);
});

test('open authorizations still count, and those of a lost line have ended', async () => {
  const use = (amountMinor: bigint) => {
    const item = {
      consentId: '01JWCC00000000000000000000',
      amountMinor,
      taxCode: 'standard',
      description: '1曲',
    };
    return recordUsageCharges(deps, keyOf(1), { items: [item as typeof item & { taxCode: 'standard' }] });
  };
  assert.equal((await use(2_001n))[0]?.kind, 'refused');
  assert.equal((await use(2_000n))[0]?.kind, 'captured');
  await assert.rejects(captureCharge(deps, keyOf(1), { chargeId: idOf(5) }), {
    code: 'entitlement-ended',
  });
  assert.equal((await captureCharge(deps, keyOf(1), { chargeId: idOf(6) })).state, 'captured');
});

test('the open period closes with an invoice for each holder', async () => {
  clock.set(new Date('2026-05-31T15:30:00.000Z'));
  await executeRun(deps, { job: 'close-periods', businessDate: '2026-05-31' }, closePeriods);
  const invoices = await rowsOf(
    `SELECT number, holder_from AS holder, CAST(total_minor AS CHAR) AS total FROM line_invoice WHERE line_id = '${MAY}' ORDER BY number`,
  );
  assert.deepEqual(invoices, [
    { number: '202605-31-0000001', holder: '2026-01-01', total: '3000' },
    { number: '202605-31-0000002', holder: '2026-05-06', total: '10000' },
  ]);
});
