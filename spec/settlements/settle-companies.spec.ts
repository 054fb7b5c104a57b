import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeGroups, closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeService } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { makeSeller, sell, settling } from './settling.ts';

let world: World;
// A world for each test: a month is settled once, and one that is held up holds up those after it.
beforeEach(async () => void (world = await createWorld()));
afterEach(() => world.close());

const { settle, settlementOf, payableOf } = settling(() => world.deps);

test('settles every row of the worked table, on both tariffs', async () => {
  const table = [
    { amount: 500n, average: '500.00', fee: [3_000n, 3_000n], branch: ['minimum', 'minimum'] },
    { amount: 600n, average: '600.00', fee: [3_000n, 3_000n], branch: ['percent', 'percent'] },
    { amount: 800n, average: '800.00', fee: [4_000n, 4_000n], branch: ['percent', 'percent'] },
    { amount: 1_000n, average: '1000.00', fee: [5_000n, 4_500n], branch: ['percent', 'band'] },
    { amount: 2_000n, average: '2000.00', fee: [10_000n, 6_000n], branch: ['percent', 'band'] },
  ] as const;
  const cases = [];
  for (const row of table) {
    for (const [index, tariff] of (['flets-2011', 'flets-2012'] as const).entries()) {
      const seller = await makeSeller(world.deps, tariff);
      cases.push({ row, seller, tariff, fee: row.fee[index]!, branch: row.branch[index]! });
    }
  }
  await closeMonth(world.deps, {
    period: '2025-03',
    sales: cases.flatMap(({ row, seller }) => sell(seller, 100, row.amount)),
  });
  // The contracts of these sellers begin in 2026.
  await sqlOf(world.deps.orm.em.fork()).updateTable('contract').set({ validFrom: '2025-01-01' }).execute();
  const run = await settle('2025-04-25');
  assert.deepEqual(run.counts, { expected: 10, done: 10, skipped: 0, parked: 0 });
  await approveDrafts(world.deps);
  for (const { row, seller, tariff, fee, branch } of cases) {
    const billedMinor = row.amount * 100n;
    const settlement = await settlementOf('2025-03', seller);
    assert.deepEqual(settlement, {
      company: seller.company.code,
      billingPeriod: '2025-03',
      billedMinor,
      lineCount: 100,
      itemCount: 100,
      average: row.average,
      tariff,
      feeBranch: branch,
      feeExTaxMinor: fee,
      feeTaxMinor: fee / 10n,
      refundedMinor: 0n,
      carriedInMinor: 0n,
      carriedOutMinor: 0n,
      payoutMinor: billedMinor - fee - fee / 10n,
      payoutOn: '2025-05-30',
      number: `S202503-${String(seller.company.id).padStart(6, '0')}`,
      state: 'approved',
    });
    assert.equal(await payableOf(seller), 0n);
  }
});

test('pays 75,600 of 80,000 billed on 100 lines, and posts fee, tax and payout', async () => {
  const seller = await makeSeller(world.deps);
  await closeMonth(world.deps, { period: '2026-01', sales: sell(seller, 100, 800n) });
  await settle('2026-02-25');
  assert.equal((await settlementOf('2026-01', seller))?.payoutMinor, 75_600n);
  world.clock.set(new Date('2026-03-10T03:00:00.000Z'));
  await approveDrafts(world.deps);
  const entries = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('settlement as s')
    .innerJoin('ledger_entry as e', 'e.journalId', 's.id')
    .innerJoin('ledger_account as d', 'd.id', 'e.debitAccount')
    .innerJoin('ledger_account as c', 'c.id', 'e.creditAccount')
    .select([
      'e.kind',
      'd.companyId',
      'c.kind as credit',
      'e.amountMinor',
      'e.businessDate',
      'e.billingPeriod',
    ])
    .where('s.companyId', '=', seller.company.id)
    .orderBy('e.kind')
    .execute();
  const common = { companyId: seller.company.id, businessDate: '2026-03-10', billingPeriod: '2026-01' };
  assert.deepEqual(entries, [
    { ...common, kind: 'fee', credit: 'fee-revenue', amountMinor: 4_000n },
    { ...common, kind: 'payout', credit: 'payout-clearing', amountMinor: 75_600n },
    { ...common, kind: 'tax', credit: 'tax-payable', amountMinor: 400n },
  ]);
});

test('counts a line that bought in two services once, and keeps the parts apart', async () => {
  const seller = await makeSeller(world.deps);
  const books = await makeService(world.deps, { companyId: seller.company.id });
  const [first = '', second = ''] = makeLineIds(2);
  const common = { companyId: seller.company.id, serviceId: seller.service.id, closingGroup: 5 as const };
  await closeMonth(world.deps, {
    period: '2026-02',
    sales: [
      { ...common, lineId: first, amountMinor: 400n },
      { ...common, lineId: first, amountMinor: 600n },
      { ...common, lineId: first, serviceId: books.id, amountMinor: 108n, taxCode: 'reduced' },
      { ...common, lineId: second, closingGroup: 31, serviceId: books.id, amountMinor: 500n },
    ],
  });
  await settle('2026-03-25');
  const settlement = await settlementOf('2026-02', seller);
  assert.deepEqual(
    [settlement?.lineCount, settlement?.itemCount, settlement?.billedMinor, settlement?.average],
    [2, 4, 1_608n, '804.00'],
  );
  const parts = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('settlement_part as p')
    .innerJoin('settlement as s', 's.id', 'p.settlementId')
    .select([
      'p.closingGroup',
      'p.serviceId',
      'p.taxCode',
      'p.taxRateBps',
      'p.lineCount',
      'p.itemCount',
      'p.totalMinor',
    ])
    .where('s.companyId', '=', seller.company.id)
    .orderBy('p.closingGroup')
    .orderBy('p.serviceId')
    .execute();
  const one = { lineCount: 1, taxCode: 'standard', taxRateBps: 1_000 } as const;
  const reduced = { ...one, taxCode: 'reduced', taxRateBps: 800 } as const;
  assert.deepEqual(parts, [
    { ...one, closingGroup: 5, serviceId: seller.service.id, itemCount: 2, totalMinor: 1_000n },
    { ...reduced, closingGroup: 5, serviceId: books.id, itemCount: 1, totalMinor: 108n },
    { ...one, closingGroup: 31, serviceId: books.id, itemCount: 1, totalMinor: 500n },
  ]);
});

test('carries a negative net over two months, and pays what is left in the third', async () => {
  const seller = await makeSeller(world.deps, 'west-2004');
  // Fee 5,000 + 90 = 5,090 and 509 of tax against 1,000 sold.
  await closeMonth(world.deps, { period: '2027-01', sales: sell(seller, 1, 1_000n) });
  await settle('2027-02-25');
  const january = await settlementOf('2027-01', seller);
  assert.deepEqual([january?.payoutMinor, january?.carriedOutMinor], [0n, -4_599n]);
  await approveDrafts(world.deps);
  assert.equal(await payableOf(seller), -4_599n);

  await closeMonth(world.deps, { period: '2027-02', sales: [] });
  await settle('2027-03-25');
  await approveDrafts(world.deps);
  const february = await settlementOf('2027-02', seller);
  assert.deepEqual(
    [february?.billedMinor, february?.feeExTaxMinor, february?.carriedInMinor, february?.carriedOutMinor],
    [0n, 0n, -4_599n, -4_599n],
  );

  await closeMonth(world.deps, { period: '2027-03', sales: sell(seller, 10, 2_000n) });
  await settle('2027-04-25');
  await approveDrafts(world.deps);
  const march = await settlementOf('2027-03', seller);
  // 20,000 − 6,800 − 680 − 4,599
  assert.deepEqual(
    [march?.carriedInMinor, march?.payoutMinor, march?.carriedOutMinor],
    [-4_599n, 7_921n, 0n],
  );
  assert.equal(await payableOf(seller), 0n);

  await closeMonth(world.deps, { period: '2027-04', sales: [] });
  await settle('2027-05-25');
  assert.equal(await settlementOf('2027-04', seller), undefined);
});

test('parks a company without a contract, settles the others, and settles it once it has one', async () => {
  const homeless = await makeSeller(world.deps);
  const seller = await makeSeller(world.deps);
  const sql = sqlOf(world.deps.orm.em.fork());
  await sql
    .updateTable('contract')
    .set({ validFrom: '2029-01-01' })
    .where('id', '=', homeless.contract.id)
    .execute();
  await closeMonth(world.deps, {
    period: '2027-08',
    sales: [...sell(homeless, 3, 700n), ...sell(seller, 3, 700n)],
  });
  const run = await settle('2027-09-25');
  assert.deepEqual(run.counts, { expected: 2, done: 1, skipped: 0, parked: 1 });
  assert.deepEqual(run.parked, [
    {
      subject: `2027-08/${homeless.company.code}`,
      reason: 'no contract with a tariff is in force in 2027-08',
    },
  ]);
  assert.ok(await settlementOf('2027-08', seller));
  assert.equal(await settlementOf('2027-08', homeless), undefined);

  const again = await settle('2027-09-25');
  assert.deepEqual(again.counts, { expected: 0, done: 0, skipped: 0, parked: 0 });

  await sql
    .updateTable('contract')
    .set({ validFrom: '2027-01-01' })
    .where('id', '=', homeless.contract.id)
    .execute();
  const nextNight = await settle('2027-09-26');
  assert.deepEqual(nextNight.counts, { expected: 1, done: 1, skipped: 0, parked: 0 });
  assert.equal((await settlementOf('2027-08', homeless))?.billedMinor, 2_100n);
});

test('settles nothing of a month before its last group has closed', async () => {
  const seller = await makeSeller(world.deps);
  const sales = sell(seller, 6, 900n);
  await closeMonth(world.deps, { period: '2027-09', sales, closed: [31, 5, 10, 15, 20] });
  assert.deepEqual((await settle('2027-10-24')).lines, []);
  const run = await settle('2027-10-25');
  assert.deepEqual(run.lines, ['2027-09 is not settled: closing group 25 is not closed']);
  assert.deepEqual(run.facts, { settledByPeriod: {}, heldUp: '2027-09' });
  assert.equal(await settlementOf('2027-09', seller), undefined);

  await closeGroups(world.deps, '2027-09', [25]);
  await settle('2027-10-26');
  assert.equal((await settlementOf('2027-09', seller))?.billedMinor, 5_400n);
});
