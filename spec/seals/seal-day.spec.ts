import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { recordAudit } from '../../src/access/audit/record-audit.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createCompany } from '../../src/companies/create-company.ts';
import { postEntries, type NewEntry } from '../../src/ledger/post-entries.ts';
import { readContent } from '../../src/seals/seal-content.ts';
import { sealDay } from '../../src/seals/seal-day.ts';
import { listSeals } from '../../src/seals/seal.queries.ts';
import { createSettledWorld } from '../invariants/settled-world.ts';
import { runAsOwner } from '../support/as-owner.ts';
import { fakeRun } from '../support/fake-run.ts';
import type { World } from '../support/world.ts';
import { listFaults, sealNight } from './sealed-nights.ts';
import { staff } from '../support/actors.ts';

let filesDir: string;
let world: World;

before(async () => void (filesDir = await mkdtemp(join(tmpdir(), 'seals-'))));
after(() => rm(filesDir, { recursive: true }));
beforeEach(async () => void (world = await createSettledWorld(filesDir)));
afterEach(async () => {
  await rm(join(filesDir, 'seals'), { recursive: true, force: true });
  await world.close();
});

const seals = () => listSeals(world.deps.orm.em.fork());
const lastContent = async () => readContent((await seals()).at(-1)!.content);

function entry(businessDate: string, amountMinor = 500n): NewEntry {
  const [debit, credit] = ['authorization-held', 'authorization-owed'] as const;
  const journalId = world.deps.ids.next();
  return { businessDate, journalId, kind: 'authorization', debit, credit, amountMinor, billingPeriod: null };
}

const post = (...entries: NewEntry[]) => inTransaction(world.deps, (tx) => postEntries(tx, entries));

const audit = (action: string) =>
  inTransaction(world.deps, (tx) =>
    recordAudit(tx, { actor: 'job:spec', action, subject: `${action.split('.')[0]}:1` }),
  );

test('the first night seals everything before it, and the file and the log say the same hash', async () => {
  const logged: object[] = [];
  world.deps.log.info = (line: unknown) => void logged.push(line as object);
  await audit('spec.begin');
  await sealNight(world, '2026-05-10');
  const [seal] = await seals();
  const content = await lastContent();
  const sealed = new Set(Object.keys(content.tables));
  for (const table of [
    'audit_entry',
    'charge',
    'invoice_item',
    'ledger_entry',
    'line_invoice',
    'settlement',
    'tariff',
  ]) {
    assert.ok(sealed.has(table), table);
  }
  assert.equal(Object.keys(content.tables['billing_period']!.sets).length, 12);
  const file = await readFile(join(filesDir, 'seals', '2026-05-10.json'));
  assert.equal(createHash('sha256').update(file).digest('hex'), seal!.hash);
  assert.deepEqual(logged, [
    { event: 'seal.taken', number: 1, businessDate: '2026-05-10', seal: seal!.hash },
  ]);
  assert.deepEqual(await listFaults(world), []);
});

const rows = ({ tables }: ReturnType<typeof readContent>) =>
  Object.entries(tables['ledger_entry']?.sets ?? {}).map(([date, set]) => [date, set.rows, set.late]);

test('each night names the one before it, and contains everything committed since, of any date', async () => {
  await post(entry('2026-05-10'));
  await sealNight(world, '2026-05-10');
  await post(entry('2026-05-11'), entry('2026-05-12'));
  await sealNight(world, '2026-05-11');
  await sealNight(world, '2026-05-12');
  const [first, second, third] = await seals();
  assert.deepEqual([first!.previousHash, second!.previousHash], [null, first!.hash]);
  assert.equal(third!.previousHash, second!.hash);
  assert.deepEqual(rows(readContent(second!.content)), [
    ['2026-05-11', 1, undefined],
    ['2026-05-12', 1, undefined],
  ]);
  assert.deepEqual(rows(readContent(third!.content)), []);
  assert.deepEqual(await listFaults(world), []);
});

test('a row whose transaction runs at midnight and commits after the seal is sealed by the next night, as late', async () => {
  await post(entry('2026-05-10'));
  const begun = Promise.withResolvers<void>();
  const sealed = Promise.withResolvers<void>();
  const late = inTransaction(world.deps, async (tx) => {
    await postEntries(tx, [entry('2026-05-10', 700n)]);
    await recordAudit(tx, { actor: 'job:spec', action: 'spec.late', subject: 'spec:1' });
    begun.resolve();
    await sealed.promise;
  });
  await begun.promise;
  await sealNight(world, '2026-05-10');
  sealed.resolve();
  await late;
  // Until then it is an unsealed row of a sealed day.
  assert.deepEqual(
    (await listFaults(world)).map((fault) => fault.replace(/ \w{5}:/, ':')),
    ['audit_entry: rows that no seal has', 'ledger_entry 2026-05-10: rows that no seal has'],
  );
  await sealNight(world, '2026-05-11');
  const { tables } = await lastContent();
  const set = tables['ledger_entry']!.sets['2026-05-10']!;
  assert.deepEqual([set.rows, set.late], [1, true]);
  assert.deepEqual(await listFaults(world), []);
});

test('what a repeated job of an old night posts is sealed as late, other old rows are not', async () => {
  for (const day of ['2026-05-10', '2026-05-11', '2026-05-12', '2026-05-13']) {
    await post(entry(day));
    await sealNight(world, day);
  }
  await post(entry('2026-05-10'), entry('2026-05-11'));
  const finishedAt = world.clock.now();
  world.clock.advance(1);
  finishedAt.setTime(finishedAt.getTime() + 1);
  await sqlOf(world.deps.orm.em.fork())
    .insertInto('run')
    .values({ ...finishedRun, job: 'renew-subscriptions', businessDate: '2026-05-10', finishedAt })
    .execute();
  await sealNight(world, '2026-05-14');
  assert.equal((await lastContent()).tables['ledger_entry']!.sets['2026-05-10']!.late, true);
  assert.deepEqual(await listFaults(world), ['ledger_entry 2026-05-11: rows that no seal has']);
});

const finishedRun = {
  part: '',
  state: 'finished' as const,
  attempt: 1,
  heldBy: null,
  leaseToken: null,
  leaseUntil: null,
  expected: 0n,
  done: 0n,
  skipped: 0n,
  parked: 0n,
  manifest: null,
  startedAt: new Date('2026-05-14T00:00:00.000Z'),
  error: null,
};

test('the same night again changes nothing, and a night before a sealed one needs no seal of its own', async () => {
  await sealNight(world, '2026-05-11');
  const before = await seals();
  await post(entry('2026-05-11'));
  const again = await fakeRun(world.deps, sealDay, { job: 'seal-day', businessDate: '2026-05-11' });
  await sealNight(world, '2026-05-10');
  assert.deepEqual(await seals(), before);
  assert.equal(again.facts['seal'], before[0]!.hash);
  assert.deepEqual(await readdir(join(filesDir, 'seals')), ['2026-05-11.json']);
});

test('nights that were missed are sealed one after another', async () => {
  world.clock.set(new Date('2026-05-14T03:00:00.000Z'));
  await post(entry('2026-05-10'), entry('2026-05-12'));
  for (const day of ['2026-05-10', '2026-05-11', '2026-05-12']) {
    await fakeRun(world.deps, sealDay, { job: 'seal-day', businessDate: day });
  }
  assert.deepEqual(
    (await seals()).map(({ number, businessDate }) => [number, businessDate]),
    [
      [1, '2026-05-10'],
      [2, '2026-05-11'],
      [3, '2026-05-12'],
    ],
  );
  assert.deepEqual(await listFaults(world), []);
});

test('a seal that was interrupted at any point is taken again, complete', async () => {
  // The first night has many buckets, the others those of later rows.
  for (const [businessDate, cuts, audits] of [
    ['2026-05-08', [1, 2, 30], 3],
    ['2026-05-09', [1, 2, 3, 4], 1],
  ] as const) {
    await post(entry(businessDate));
    await changeCompany();
    for (const cut of cuts) {
      await assert.rejects(sealUntil(businessDate, cut), { message: 'killed' });
      await post(entry(businessDate));
    }
    const chunks = await sealUntil(businessDate, Infinity);
    assert.ok(chunks >= cuts.at(-1)!);
    const { tables, audited } = await lastContent();
    assert.equal(tables['ledger_entry']!.sets[businessDate]!.rows, 1 + cuts.length);
    // The first night also has those of the two existing companies.
    assert.equal(audited['company'], audits);
    assert.deepEqual(await listFaults(world), []);
  }
});

async function changeCompany(): Promise<void> {
  await world.deps.orm.em.fork().execute(`UPDATE company SET name = CONCAT(name, '1') LIMIT 1`);
  await audit('company.change');
}

/** Seals, up to the chunk at which the process is killed. */
async function sealUntil(businessDate: string, cut: number): Promise<number> {
  let chunks = 0;
  await fakeRun(world.deps, sealDay, {
    job: 'seal-day',
    businessDate,
    beforeChunk(chunk) {
      if (chunk === cut) throw new Error('killed');
      chunks = chunk;
    },
  });
  return chunks;
}

test('a kill between the seal and its file leaves the file to the next attempt', async () => {
  await sealNight(world, '2026-05-10');
  await rm(join(filesDir, 'seals', '2026-05-10.json'));
  assert.deepEqual(await listFaults(world), ['the file is missing']);
  await fakeRun(world.deps, sealDay, { job: 'seal-day', businessDate: '2026-05-10' });
  assert.deepEqual(await listFaults(world), []);
});

test('of two processes that seal one night, one succeeds', async () => {
  await post(entry('2026-05-10'));
  const outcomes = await Promise.all([sealNight(world, '2026-05-10'), sealNight(world, '2026-05-10')]);
  assert.deepEqual(outcomes.map(({ kind }) => kind).filter((kind) => kind === 'finished').length, 1);
  assert.equal((await seals()).length, 1);
  assert.deepEqual(await listFaults(world), []);
});

test('the database keeps one chain: no second seal of a night, and no two successors of one seal', async () => {
  await sealNight(world, '2026-05-10');
  const { hash, ...seal } = (await seals())[0]!;
  const next = { ...seal, number: 2, hash: 'f'.repeat(64), previousHash: hash };
  const insert = (over: object) =>
    sqlOf(world.deps.orm.em.fork())
      .insertInto('seal')
      .values({ ...next, ...over })
      .execute();
  await assert.rejects(insert({}), /seal_of_night/);
  await insert({ businessDate: '2026-05-11' });
  await assert.rejects(
    insert({ number: 3, businessDate: '2026-05-12', hash: 'e'.repeat(64) }),
    /seal_follows_one/,
  );
});

test('a change of master data with its audit row is sealed without a finding', async () => {
  await sealNight(world, '2026-05-10');
  const names = { name: '株式会社東雲', nameEn: 'Shinonome Inc.', address: '東京都江東区1-1' };
  await createCompany(world.deps, staff('jo'), { code: 'shinonome', ...names });
  assert.deepEqual(await listFaults(world), []);
  await sealNight(world, '2026-05-11');
  const { state, audited } = await lastContent();
  assert.deepEqual([state['company']!.changed, state['service']!.changed], [true, false]);
  assert.equal(audited['company'], 1);
  assert.deepEqual(await listFaults(world), []);
});

test('a seal stores its columns: one that a migration adds later does not affect it', async () => {
  await post(entry('2026-05-10'));
  await sealNight(world, '2026-05-10');
  await runAsOwner(
    world.database,
    `ALTER TABLE ledger_entry ADD COLUMN memo VARCHAR(20) NOT NULL DEFAULT 'none'`,
  );
  await runAsOwner(world.database, 'ALTER TABLE company ADD COLUMN memo VARCHAR(20) NULL');
  assert.deepEqual(await listFaults(world), []);
  await post(entry('2026-05-10'));
  await sealNight(world, '2026-05-11');
  assert.ok((await lastContent()).tables['ledger_entry']!.columns.includes('memo'));
  assert.deepEqual(await listFaults(world), []);
});

test('the text of a row does not depend on the time zone of the session', async () => {
  await sealNight(world, '2026-05-10');
  await inTransaction(world.deps, async (tx) => {
    await tx.em.execute(`SET time_zone = '-11:00'`);
    const { verifySeals } = await import('../../src/seals/verify-seals.ts');
    assert.equal((await verifySeals(tx, staff())).holds, true);
    await tx.em.execute(`SET time_zone = '+00:00'`);
  });
});
