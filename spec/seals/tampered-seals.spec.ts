import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { assertSameBillingSettings } from '../../config/database/assert-same-billing-settings.ts';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { invariants } from '../../src/invariants/check-invariants.ts';
import { postEntries } from '../../src/ledger/post-entries.ts';
import { sealDay } from '../../src/seals/seal-day.ts';
import { listSeals } from '../../src/seals/seal.queries.ts';
import { createSettledWorld } from '../invariants/settled-world.ts';
import { tamper } from '../invariants/tamper.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { fakeRun } from '../support/fake-run.ts';
import type { World } from '../support/world.ts';
import { listFaults, sealNight } from './sealed-nights.ts';
import { staff } from '../support/actors.ts';

let filesDir: string;
let world: World;

before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'tampered-seals-'))));
after(() => rm(filesDir, { recursive: true }));

/** Three sealed nights, each with ledger entries, audit rows and a change of master data; and a day that is not over. */
beforeEach(async () => {
  world = await createSettledWorld(filesDir);
  await assertSameBillingSettings(world.deps.orm, world.config);
  for (const [index, day] of ['2026-05-10', '2026-05-11', '2026-05-12'].entries()) {
    await workOn(day, index);
    await sealNight(world, day);
  }
  await workOn('2026-05-13', 3);
  assert.deepEqual(await listFaults(world), []);
});
afterEach(async () => {
  await rm(join(filesDir, 'seals'), { recursive: true, force: true });
  await world.close();
});

const em = () => world.deps.orm.em.fork();

async function workOn(businessDate: string, index: number): Promise<void> {
  const names = { name: '株式会社東雲', nameEn: `Company ${index}`, address: '東京都江東区1-1' };
  await createCompany(world.deps, staff('jo'), { code: `late-${index}`, ...names });
  await inTransaction(world.deps, async (tx) => {
    const [held, owed] = ['authorization-held', 'authorization-owed'] as const;
    const journal = { businessDate, journalId: tx.ids.next(), billingPeriod: null, amountMinor: 500n };
    // A reservation and its release do not change the figures.
    const entries = [
      { ...journal, kind: 'authorization', debit: held, credit: owed },
      { ...journal, kind: 'release', debit: owed, credit: held },
    ] as const;
    await postEntries(tx, entries);
    await recordAudit(tx, { actor: 'job:spec', action: 'spec.work', subject: `spec:${index}` });
  });
}

/** What an administrator changes in plain SQL, and what `verify` reports. */
const tamperings = [
  [
    'ledger_entry',
    `UPDATE ledger_entry SET amount_minor = 501 WHERE business_date = '2026-05-11' LIMIT 1`,
    'ledger_entry 2026-05-11: rows are not as they were sealed',
  ],
  [
    'ledger_entry',
    `UPDATE ledger_entry SET credit_account = debit_account - 1 WHERE business_date = '2026-05-10' LIMIT 1`,
    'ledger_entry 2026-05-10: rows are not as they were sealed',
  ],
  [
    'ledger_entry',
    `DELETE FROM ledger_entry WHERE business_date = '2026-05-10' LIMIT 1`,
    'ledger_entry 2026-05-10: rows that were sealed are gone',
  ],
  [
    'ledger_entry',
    `DELETE FROM ledger_entry WHERE business_date = '2026-05-12'`,
    'ledger_entry 2026-05-12: rows that were sealed are gone',
  ],
  [
    'ledger_entry',
    `INSERT INTO ledger_entry SELECT business_date, '01JV0000000000000000000000', kind, debit_account, credit_account, 1, NULL FROM ledger_entry WHERE business_date = '2026-05-10' LIMIT 1`,
    'ledger_entry 2026-05-10: rows that no seal has',
  ],
  [
    'audit_entry',
    `UPDATE audit_entry SET actor = 'staff:other' WHERE subject = 'spec:1'`,
    'audit_entry: rows are not as they were sealed',
  ],
  [
    'audit_entry',
    `UPDATE audit_entry SET facts = '{}' WHERE action = 'company.create' ORDER BY id LIMIT 1`,
    'audit_entry: rows are not as they were sealed',
  ],
  [
    'audit_entry',
    `DELETE FROM audit_entry WHERE subject = 'spec:0'`,
    'audit_entry: rows that were sealed are gone',
  ],
  [
    'audit_entry',
    `INSERT INTO audit_entry (id, at, actor, action, subject, facts) SELECT CONCAT(LEFT(id, 12), 'ZZZZZZZZZZZZZZ'), at, actor, 'company.approve', subject, facts FROM audit_entry ORDER BY id LIMIT 1`,
    'audit_entry: rows that no seal has',
  ],
  [
    'billing_period',
    `UPDATE billing_period SET due_on = due_on + INTERVAL 1 DAY WHERE period = '2026-01' AND closing_group = 5`,
    'billing_period 2026-01/5: rows are not as they were sealed',
  ],
  [
    'billing_period',
    `UPDATE billing_period SET state = 'closing' WHERE period = '2026-01' AND closing_group = 5`,
    'billing_period 2026-01/5: rows that were sealed are gone',
  ],
  [
    'line_invoice',
    `UPDATE line_invoice SET total_minor = total_minor + 1 WHERE billing_period = '2026-01' AND closing_group = 10`,
    'line_invoice 2026-01/10: rows are not as they were sealed',
  ],
  [
    'invoice_item',
    `UPDATE invoice_item SET description = 'another' WHERE billing_period = '2026-02' AND closing_group = 31`,
    'invoice_item 2026-02/31: rows are not as they were sealed',
  ],
  [
    'invoice_item',
    `INSERT INTO invoice_item SELECT billing_period, closing_group, line_id, '01JV0000000000000000000000', '', company_id, service_id, holder_from, business_date, kind, description, 1, tax_code, tax_rate_bps, late, supplied_on, charge_period FROM invoice_item WHERE billing_period = '2026-02' AND closing_group = 31 LIMIT 1`,
    'invoice_item 2026-02/31: rows were added to what was sealed',
  ],
  [
    'line_invoice_tax',
    `UPDATE line_invoice_tax SET tax_minor = tax_minor + 1 WHERE billing_period = '2026-01' AND closing_group = 15 LIMIT 1`,
    'line_invoice_tax 2026-01/15: rows are not as they were sealed',
  ],
  [
    'charge',
    `UPDATE charge SET description = 'another' WHERE billing_period = '2026-01' AND closing_group = 20`,
    'charge 2026-01/20: rows are not as they were sealed',
  ],
  [
    'charge',
    `UPDATE charge SET captured_at = captured_at + INTERVAL 1 HOUR WHERE billing_period = '2026-01' AND closing_group = 20`,
    'charge 2026-01/20: rows are not as they were sealed',
  ],
  [
    'settlement',
    `UPDATE settlement SET payout_on = payout_on + INTERVAL 1 DAY WHERE billing_period = '2026-01' LIMIT 1`,
    'settlement 2026-01: rows are not as they were sealed',
  ],
  [
    'settlement',
    `DELETE FROM settlement WHERE billing_period = '2026-02' LIMIT 1`,
    'settlement 2026-02: rows that were sealed are gone',
  ],
  [
    'settlement_part',
    `UPDATE settlement_part SET total_minor = total_minor + 1 LIMIT 1`,
    /^settlement_part 2026-0\d: rows are not as they were sealed$/,
  ],
  [
    'tariff',
    `UPDATE tariff SET name = 'another' WHERE code = 'flets-2011'`,
    'tariff all: rows are not as they were sealed',
  ],
  [
    'ledger_account',
    `UPDATE ledger_account SET code = 'another' WHERE code = 'fee-revenue'`,
    'ledger_account all: rows are not as they were sealed',
  ],
  [
    'contract',
    `UPDATE contract SET account_number = '7654321' LIMIT 1`,
    'contract: it was changed without an audit row',
  ],
  [
    'service',
    `UPDATE service SET site_origin = 'https://other.example' LIMIT 1`,
    'service: it was changed without an audit row',
  ],
  ['books', `UPDATE books SET currency = 'EUR'`, 'books: it was changed without an audit row'],
  ['seal', `DELETE FROM seal WHERE number = 2`, 'a seal before it is missing'],
  ['seal', `DELETE FROM seal WHERE number = 1`, 'a seal before it is missing'],
  ['seal', `DELETE FROM seal WHERE number = 3`, 'its seal is not there'],
  [
    'seal',
    `UPDATE seal SET content = REPLACE(content, '"rows": 2', '"rows": 1') WHERE number = 2`,
    'its content is not what its hash was made of',
  ],
  [
    'seal',
    `UPDATE seal SET salt = REVERSE(salt) WHERE number = 2`,
    'its number, date, time or salt is not that of its content',
  ],
  [
    'seal_member',
    `DELETE FROM seal_member WHERE kind = 'ledger_entry' AND bucket = '2026-05-11'`,
    'ledger_entry 2026-05-11: rows that no seal has',
  ],
] as const;

for (const [table, statement, sentence] of tamperings) {
  test(`finds: ${statement.slice(0, 90)}`, async () => {
    await tamper(world.deps, table, statement);
    const faults = (await listFaults(world)).map((fault) =>
      fault.replace(/^audit_entry \w{5}:/, 'audit_entry:'),
    );
    const isSaid = faults.some((fault) =>
      typeof sentence === 'string' ? fault === sentence : sentence.test(fault),
    );
    assert.ok(isSaid, `${String(sentence)} is not among: ${faults.join('; ')}`);
  });
}

test('a sealed column cannot be removed without a trace', async () => {
  await runAsOwner(world.database, 'ALTER TABLE invoice_item DROP COLUMN description');
  assert.deepEqual(await listFaults(world), ['invoice_item: columns that were sealed are gone']);
});

test('a change between two seals without an audit row fails the night, and is found long afterwards', async () => {
  await em().execute(`UPDATE contract SET account_number = '7654321' LIMIT 1`);
  await assert.rejects(sealNight(world, '2026-05-13'), { code: 'seal-broken' });
  for (const [index, day] of ['2026-05-14', '2026-05-15', '2026-05-16'].entries()) {
    await workOn(day, 4 + index);
    await sealNight(world, day).catch(() => undefined);
  }
  await sealNight(world, '2026-05-17');
  assert.deepEqual(await listFaults(world), ['contract: it was changed without an audit row']);
});

test('a night that finds the last days changed reports it and fails, and its seal is still taken', async () => {
  await tamper(
    world.deps,
    'ledger_entry',
    `UPDATE ledger_entry SET amount_minor = 1 WHERE business_date = '2026-05-12'`,
  );
  await assert.rejects(sealNight(world, '2026-05-13'), { code: 'seal-broken' });
  assert.equal((await listSeals(em())).length, 4);
  await assert.rejects(sealNight(world, '2026-05-13'), { code: 'seal-broken' });
});

const verify = async (...options: string[]) => typeCommand(world.deps, ['verify', '--seals', ...options]);

test('a chain that was replaced as a whole is consistent, and a kept seal exposes it', async () => {
  const kept = await mkdtemp(join(tmpdir(), 'kept-seals-'));
  await cp(join(filesDir, 'seals'), kept, { recursive: true });
  const [, hash] = (await listSeals(em())).map((seal) => seal.hash);
  assert.match(
    (await verify('--kept', kept)).out,
    /3 kept seals were compared: all of them are in the chain\./,
  );
  assert.match((await verify('--kept', hash!)).out, /1 kept seal was compared/);
  for (const target of [kept, join(kept, '2026-05-11.json'), hash!]) {
    assert.equal((await verify('--kept', target)).code, 0, target);
  }
  await replaceChain();
  assert.deepEqual(await listFaults(world), []);
  for (const target of [kept, join(kept, '2026-05-11.json'), hash!, hash!.toUpperCase()]) {
    const { code, error } = await verify('--kept', target);
    assert.equal(code, 1, target);
    assert.match(error, /the chain here does not have it/);
  }
  await rm(kept, { recursive: true });
});

/** Changes sealed rows, removes every trace of the seals, and seals again. */
async function replaceChain(): Promise<void> {
  await tamper(
    world.deps,
    'ledger_entry',
    `UPDATE ledger_entry SET amount_minor = 1 WHERE business_date = '2026-05-11'`,
  );
  await tamper(world.deps, 'seal', 'DELETE FROM seal');
  await em().execute('DELETE FROM seal_member');
  await em().execute(`DELETE FROM run WHERE job = 'seal-day'`);
  await rm(join(filesDir, 'seals'), { recursive: true });
  for (const businessDate of ['2026-05-10', '2026-05-11', '2026-05-12']) {
    await fakeRun(world.deps, sealDay, { job: 'seal-day', businessDate });
  }
}

test('the newest seal cannot be removed without a trace: its file and its run remain', async () => {
  await tamper(world.deps, 'seal', 'DELETE FROM seal WHERE number = 3');
  const faults = await listFaults(world);
  assert.ok(faults.includes('its run took this seal, which is not there'));
  assert.ok(faults.includes('its seal is not there'));
});

test('a changed file is found and not overwritten', async () => {
  const path = join(filesDir, 'seals', '2026-05-11.json');
  const text = (await readFile(path, 'utf8')).replace('"number": 2', '"number": 9');
  await writeFile(path, text);
  assert.deepEqual(await listFaults(world), ['the file is another one']);
  await assert.rejects(sealNight(world, '2026-05-13'), { code: 'seal-broken' });
  assert.equal(await readFile(path, 'utf8'), text);
});

test('verify checks what is asked for: seals, invariants, or rows since a date', async () => {
  assert.equal((await verify()).code, 0);
  const figures = await typeCommand(world.deps, ['verify', '--invariants', '--json']);
  assert.deepEqual(numbersIn(figures.out), invariantNumbers);
  await tamper(
    world.deps,
    'ledger_entry',
    `UPDATE ledger_entry SET amount_minor = 1 WHERE business_date = '2026-05-10'`,
  );
  // Works for a date after the newest seal too, with changes that were recorded since then.
  for (const since of ['2026-05-11', '2026-05-13', '2027-01-01']) {
    assert.equal((await verify('--since', since)).code, 0, since);
  }
  const found = await verify();
  assert.equal(found.code, 1);
  assert.match(found.error, /\[seal-broken\].*14\. BROKEN by 1: .*table: ledger_entry, bucket: 2026-05-10/s);
});

const inOrder = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const invariantNumbers = inOrder(invariants.map(({ number }) => number));
const numbersIn = (out: string) => (JSON.parse(out) as { number: number }[]).map(({ number }) => number);

test('verify checks both unless one is asked for, and is still known as books check', async () => {
  for (const command of [['verify'], ['books', 'check']]) {
    const { code, out } = await typeCommand(world.deps, [...command, '--json']);
    assert.equal(code, 0);
    assert.deepEqual(numbersIn(out), inOrder([...invariantNumbers, 14]));
  }
  const { code, error } = await typeCommand(world.deps, ['verify', '--kept', join(filesDir, 'nothing.json')]);
  assert.deepEqual([code, /no-such-file/.test(error)], [1, true]);
});
