import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import type { Deps } from '../../src/deps.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { exportStatementAgain } from '../../src/statements/export-statement-again.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { createMonthOfSales } from '../invariants/month-of-sales.ts';
import { tamper } from '../invariants/tamper.ts';
import { fakeRun } from '../support/fake-run.ts';
import type { World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

let world: World;
let filesDir: string;
let code: string;
let path: string;
let issued: Buffer;

before(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'frozen-'));
  const month = await createMonthOfSales({ FILES_DIR: filesDir });
  world = month.world;
  code = month.sale.company.code;
  path = join(filesDir, 'statements', `${code}-2026-05.pdf`);
  issued = await readFile(path);
});
after(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const change = (text: string) => world.deps.orm.em.fork().execute(text);
const broken = async () =>
  (await checkInvariants(world.deps, staff()))
    .flatMap(({ offending }) => offending.map((row) => row.broken))
    .filter((sentence) => !sentence.startsWith('a guarded record'));
const render = () =>
  fakeRun(world.deps, renderStatements, { job: 'render-statements', businessDate: '2026-07-01' });

/** The same world after the carrier has moved and is called otherwise. */
const renamedCarrier = (): Deps => {
  const carrier = {
    name: '別通信株式会社',
    nameEn: 'Other',
    address: '別',
    registrationNumber: 'T7010705000725',
    contact: '別 0',
    contactEn: 'Other 0',
  };
  return { ...world.deps, config: { ...world.config, carrier } };
};

test('a statement stays what it was, whatever changes of those who stand on it', async () => {
  await change(
    `UPDATE company SET name = '株式会社あと', name_en = 'Later', address = '大阪', registration_number = NULL`,
  );
  await change(`UPDATE service SET name = 'あと', code = CONCAT('z-', code)`);
  await tamper(
    world.deps,
    'contract',
    `UPDATE contract SET legal_model = 'assignment', payout_day = 10, payout_months = 1`,
  );
  await tamper(
    world.deps,
    'bank_account',
    `UPDATE bank_account SET bank_name = 'ベツ', branch_name = 'ベツ', account_type = 'current', account_number = '7654321',
      account_holder = 'ベツ'`,
  );
  for (const deps of [world.deps, renamedCarrier()]) {
    await rm(path);
    await exportStatementAgain(deps, staff(), { companyCode: code, period: '2026-05' });
    assert.ok((await readFile(path)).equals(issued));
  }
});

test('invoice details stay what they were, whatever changes of those who stand on them', async () => {
  const details = join(filesDir, 'invoices', '2026-05-31.csv');
  const closed = await readFile(details);
  await change(`UPDATE line_holder SET holder = '改名 花子'`);
  for (const deps of [world.deps, renamedCarrier()]) {
    await rm(details);
    await exportAgain(deps, staff(), { period: '2026-05', closingGroup: 31 });
    assert.ok((await readFile(details)).equals(closed));
  }
});

test('a missing statement is found, and the night writes it again', async () => {
  await rm(path);
  const results = await checkInvariants(world.deps, staff());
  const found = results.flatMap(({ offending }) => offending).find((row) => 'writtenAgainBy' in row);
  assert.deepEqual(
    [found?.['path'], found?.['fileChecksum'], found?.['writtenAgainBy']],
    [path, 'missing', `npm run admin -- statement export --company ${code} --period 2026-05`],
  );
  assert.deepEqual((await render()).counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
  assert.ok((await readFile(path)).equals(issued));
});

test('a wrong statement is found and not touched by the night, and the command writes it again', async () => {
  await writeFile(path, 'another statement');
  assert.ok((await broken()).includes('the statements of settlements are there, as they were issued'));
  assert.equal((await render()).counts.expected, 0);
  assert.equal(await readFile(path, 'utf8'), 'another statement');
  const args = ['statement', 'export', '--company', code, '--period', '2026-05'];
  assert.equal((await typeCommand(world.deps, args)).code, 0);
  assert.ok((await readFile(path)).equals(issued));
});

test('a statement that would be another is not written, by neither', async () => {
  await tamper(
    world.deps,
    'settlement_document',
    `UPDATE settlement_document SET content = JSON_SET(content, '$.bankAccount.bankName', 'ベツ')`,
  );
  const other = exportStatementAgain(world.deps, staff(), { companyCode: code, period: '2026-05' });
  await assert.rejects(other, { code: 'invariant-broken' });
  assert.ok((await readFile(path)).equals(issued));
  await rm(path);
  assert.deepEqual((await render()).counts, { expected: 1, done: 0, skipped: 0, parked: 1 });
  await writeFile(path, issued);
});

test('a statement that was never issued is not written by the command', async () => {
  const never = exportStatementAgain(world.deps, staff(), { companyCode: code, period: '2026-06' });
  await assert.rejects(never, { code: 'illegal-state' });
});

test('the database refuses to change what was kept', async () => {
  for (const table of ['closed_period_party', 'settlement_document', 'statement_file']) {
    await assert.rejects(change(`DELETE FROM ${table}`), /_stays/);
  }
  await assert.rejects(change(`UPDATE closed_period_party SET name = 'x'`), /closed_period_party_is_final/);
  await assert.rejects(
    change(`UPDATE settlement_document SET content = '{}'`),
    /settlement_document_is_final/,
  );
  await assert.rejects(change(`UPDATE statement_file SET checksum = 'x'`), /statement_file_is_final/);
  const late = `INSERT INTO closed_period_party (billing_period, closing_group, kind, party_id, name)
    SELECT billing_period, closing_group, kind, 999, name FROM closed_period_party LIMIT 1`;
  await assert.rejects(change(late), /closed_period_party_comes_before/);
});

test('a statement is issued once, with its audit row', async () => {
  const rows = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('audit_entry')
    .select(['actor', 'action', 'recordTable'])
    .where('recordTable', 'in', ['settlement', 'settlement_document', 'statement_file'])
    .orderBy('id')
    .execute();
  assert.deepEqual(rows, [
    { actor: 'staff:jiro', action: 'settlement.approve', recordTable: 'settlement' },
    { actor: 'staff:jiro', action: 'settlement.keep-document', recordTable: 'settlement_document' },
    { actor: 'job:render-statements', action: 'statement.issue', recordTable: 'statement_file' },
  ]);
});
