import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeMonth } from '../support/closed-month.ts';
import { makeContract } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { makeSeller, sell, settling } from './settling.ts';

let world: World;
// A world for each test: a month is settled once, and one that is held up holds up those after it.
beforeEach(async () => void (world = await createWorld()));
afterEach(() => world.close());

const { settle, settlementOf, settlementRow, payableOf } = settling(() => world.deps);

test('bills the set-up fee of a contract with its first settlement only, also when nothing is sold', async () => {
  const seller = await makeSeller(world.deps);
  const sql = sqlOf(world.deps.orm.em.fork());
  const { id } = seller.contract;
  await sql.updateTable('contract').set({ setUpFeeMinor: 10_000n }).where('id', '=', id).execute();
  const settled = [];
  for (const [period, businessDate] of [
    ['2027-05', '2027-06-25'],
    ['2027-06', '2027-07-25'],
  ] as const) {
    await closeMonth(world.deps, { period, sales: sell(seller, 2, 1_000n) });
    await settle(businessDate);
    await approveDrafts(world.deps);
    settled.push(await settlementRow(period, seller));
  }
  assert.deepEqual(
    settled.map(({ feeExTaxMinor, setUpExTaxMinor, setUpTaxMinor, carriedOutMinor }) => [
      feeExTaxMinor,
      setUpExTaxMinor,
      setUpTaxMinor,
      carriedOutMinor,
    ]),
    [
      [100n, 10_000n, 1_000n, -9_110n],
      [100n, 0n, 0n, -7_220n],
    ],
  );
});

test('carries what is below the minimum payout, and pays it out with the next month, less the transfer fee', async () => {
  const seller = await makeSeller(world.deps);
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('contract')
    .set({ minimumPayoutMinor: 3_000n, feeBearer: 'company', transferFeeMinor: 440n })
    .where('id', '=', seller.contract.id)
    .execute();
  await closeMonth(world.deps, { period: '2027-05', sales: sell(seller, 2, 1_000n) });
  await settle('2027-06-25');
  await approveDrafts(world.deps);
  const may = await settlementRow('2027-05', seller);
  assert.deepEqual([may.payoutMinor, may.transferFeeMinor, may.carriedOutMinor], [0n, 0n, 1_890n]);
  assert.equal(await payableOf(seller), 1_890n);
  await closeMonth(world.deps, { period: '2027-06', sales: sell(seller, 2, 1_000n) });
  await settle('2027-07-25');
  await approveDrafts(world.deps);
  const june = await settlementRow('2027-06', seller);
  assert.deepEqual([june.payoutMinor, june.transferFeeMinor, june.carriedOutMinor], [3_340n, 440n, 0n]);
  assert.equal(await payableOf(seller), 0n);
});

test('pays out what was carried below the minimum once the contract has ended', async () => {
  const seller = await makeSeller(world.deps);
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('contract')
    .set({ minimumPayoutMinor: 3_000n, validTo: '2027-06-01' })
    .where('id', '=', seller.contract.id)
    .execute();
  await closeMonth(world.deps, { period: '2027-05', sales: sell(seller, 2, 1_000n) });
  await settle('2027-06-25');
  await approveDrafts(world.deps);
  assert.equal((await settlementRow('2027-05', seller)).carriedOutMinor, 1_890n);
  await closeMonth(world.deps, { period: '2027-06', sales: [] });
  await settle('2027-07-25');
  await approveDrafts(world.deps);
  assert.equal((await settlementRow('2027-06', seller)).payoutMinor, 1_890n);
});

test('takes no tax on the fee of an assignment, and says by which terms it was settled', async () => {
  const seller = await makeSeller(world.deps);
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('contract')
    .set({ legalModel: 'assignment', feeTaxable: false })
    .where('id', '=', seller.contract.id)
    .execute();
  await closeMonth(world.deps, { period: '2027-05', sales: sell(seller, 100, 800n) });
  await settle('2027-06-25');
  await approveDrafts(world.deps);
  const { feeExTaxMinor, feeTaxMinor, payoutMinor, legalModel, feeTaxable } = await settlementRow(
    '2027-05',
    seller,
  );
  assert.deepEqual([feeExTaxMinor, feeTaxMinor, payoutMinor], [4_000n, 0n, 76_000n]);
  assert.deepEqual([legalModel, feeTaxable], ['assignment', false]);
});

test('takes the tariff version and the contract of the first day of the month', async () => {
  const seller = await makeSeller(world.deps, 'west-2004');
  const sql = sqlOf(world.deps.orm.em.fork());
  await sql
    .updateTable('contract')
    .set({ validTo: '2027-08-01' })
    .where('id', '=', seller.contract.id)
    .execute();
  await makeContract(world.deps, {
    companyId: seller.company.id,
    validFrom: '2027-08-01',
    tariffCode: 'flets-2012',
  });
  const newcomer = await makeSeller(world.deps);
  await sql
    .updateTable('contract')
    .set({ validFrom: '2027-08-01' })
    .where('id', '=', newcomer.contract.id)
    .execute();
  await closeMonth(world.deps, {
    period: '2027-07',
    sales: [...sell(seller, 1, 9_000n), ...sell(newcomer, 1, 9_000n)],
  });
  await settle('2027-08-25');
  assert.equal((await settlementOf('2027-07', seller))?.tariff, 'west-2004');
  // Sold in August to a line whose billing period began in July: settled on its first contract.
  assert.equal((await settlementOf('2027-07', newcomer))?.tariff, 'flets-2011');
});

test('takes the new contract from the month in which it begins', async () => {
  const seller = await makeSeller(world.deps, 'west-2004');
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('contract')
    .set({ validTo: '2027-08-01' })
    .where('id', '=', seller.contract.id)
    .execute();
  const next = { companyId: seller.company.id, validFrom: '2027-08-01', tariffCode: 'flets-2012' };
  await makeContract(world.deps, next);
  const terms = [];
  for (const [period, businessDate] of [
    ['2027-07', '2027-08-25'],
    ['2027-08', '2027-09-25'],
  ] as const) {
    await closeMonth(world.deps, { period, sales: sell(seller, 1, 9_000n) });
    await settle(businessDate);
    await approveDrafts(world.deps);
    const settlement = await settlementOf(period, seller);
    terms.push([settlement?.tariff, settlement?.feeExTaxMinor]);
  }
  // 5,000 + 9% of 9,000, and then 3%.
  assert.deepEqual(terms, [
    ['west-2004', 5_810n],
    ['flets-2012', 270n],
  ]);
});

test('settles what a company sold late on the contract that has ended', async () => {
  const seller = await makeSeller(world.deps, 'west-2004');
  await sqlOf(world.deps.orm.em.fork())
    .updateTable('contract')
    .set({ validTo: '2027-10-01' })
    .where('id', '=', seller.contract.id)
    .execute();
  // A use of September that arrived when its period had closed stands on the line's invoice of October.
  await closeMonth(world.deps, { period: '2027-10', sales: sell(seller, 1, 9_000n) });
  const run = await settle('2027-11-25');
  assert.deepEqual(run.parked, []);
  const settlement = await settlementOf('2027-10', seller);
  assert.deepEqual([settlement?.tariff, settlement?.feeExTaxMinor], ['west-2004', 5_810n]);
});
