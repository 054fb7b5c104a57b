import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { listSettlements } from '../../src/settlements/settlement.queries.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeCompany, makeContract, makeLine, makeService } from '../support/factories.ts';
import { recordRefunds } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture } from '../invoices/captured-charges.ts';

/*
 * The table of domain.md section 1 (counting with refunds), on the tariff of 2011, through the nights of real runs: fold,
 * close, settle. January is what is refunded later; the table is February's.
 */

let world: World;
let lines: string[];
before(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
  lines = [];
  for (let n = 0; n < 100; n += 1) lines.push((await makeLine(world.deps, { closingGroup: 31 })).lineId);
});
after(() => world.close());

interface SellingCompany {
  readonly companyId: number;
  readonly serviceId: number;
  readonly code: string;
}

async function makeSeller(): Promise<SellingCompany> {
  const { id: companyId, code } = await makeCompany(world.deps);
  const { id: serviceId } = await makeService(world.deps, { companyId });
  await makeContract(world.deps, { companyId, tariffCode: 'flets-2011' });
  return { companyId, serviceId, code };
}

const tableRows = [
  {
    name: '80,000 on 100 lines; one line’s only charge of 800 refunded in the same period',
    amountMinor: 800n,
    refund: { amountMinor: 800n, of: 'own' },
    expected: {
      billedMinor: 80_000n,
      refundedMinor: 800n,
      lineCount: 99,
      itemCount: 99,
      feeExTaxMinor: 3_960n,
    },
    carriedOutMinor: 0n,
  },
  {
    name: '80,000 on 100 lines; 10,000 of last month’s charges refunded',
    amountMinor: 800n,
    refund: { amountMinor: 10_000n, of: 'earlier' },
    expected: {
      billedMinor: 80_000n,
      refundedMinor: 10_000n,
      lineCount: 100,
      itemCount: 100,
      feeExTaxMinor: 3_500n,
    },
    carriedOutMinor: 0n,
  },
  {
    name: '52,000 on 100 lines; 10,000 of last month’s refunded',
    amountMinor: 520n,
    refund: { amountMinor: 10_000n, of: 'earlier' },
    expected: {
      billedMinor: 52_000n,
      refundedMinor: 10_000n,
      lineCount: 100,
      itemCount: 100,
      feeExTaxMinor: 3_000n,
    },
    carriedOutMinor: 0n,
  },
  {
    name: 'nothing sold; 10,000 of last month’s refunded',
    amountMinor: 0n,
    refund: { amountMinor: 10_000n, of: 'earlier' },
    expected: { billedMinor: 0n, refundedMinor: 10_000n, lineCount: 0, itemCount: 0, feeExTaxMinor: 0n },
    carriedOutMinor: -10_000n,
  },
] as const;

async function runNights(businessDate: string): Promise<void> {
  for (const [job, work] of [
    ['fold-charges', foldCharges],
    ['close-periods', closePeriods],
    ['settle-companies', settleCompanies],
  ] as const)
    await executeRun(world.deps, { job, businessDate }, work);
}

describe('counting with refunds', () => {
  const sellers: SellingCompany[] = [];
  before(async () => {
    for (const _ of tableRows) sellers.push(await makeSeller());
    const january = sellers.map((seller) => ({
      companyId: seller.companyId,
      serviceId: seller.serviceId,
      lineId: lines[0]!,
      amountMinor: 10_000n,
      businessDate: '2026-01-20',
    }));
    const earlier = await capture(world.deps, january);
    world.clock.set(new Date('2026-02-25T15:00:00.000Z'));
    await runNights('2026-02-25');
    await approveDrafts(world.deps);
    for (const [index, { amountMinor, refund }] of tableRows.entries()) {
      const { companyId, serviceId } = sellers[index]!;
      const sales = lines.map((lineId) => ({
        companyId,
        serviceId,
        lineId,
        amountMinor,
        businessDate: '2026-02-10',
      }));
      const ids = amountMinor > 0n ? await capture(world.deps, sales) : [];
      const chargeId = refund.of === 'own' ? ids[7]! : earlier[index]!;
      const businessDate = '2026-02-26';
      await recordRefunds(world.deps, [
        { chargeId, amountMinor: refund.amountMinor, businessDate, period: '2026-02' },
      ]);
    }
    world.clock.set(new Date('2026-03-25T15:00:00.000Z'));
    await runNights('2026-03-25');
    await approveDrafts(world.deps);
  });

  for (const [index, { name, expected, carriedOutMinor }] of tableRows.entries()) {
    it(name, async () => {
      const settlements = await listSettlements(world.deps, { period: '2026-02' });
      const { billedMinor, refundedMinor, lineCount, itemCount, feeExTaxMinor, ...rest } = settlements.find(
        ({ company }) => company === sellers[index]!.code,
      )!;
      assert.deepEqual({ billedMinor, refundedMinor, lineCount, itemCount, feeExTaxMinor }, expected);
      assert.equal(rest.carriedOutMinor, carriedOutMinor);
    });
  }

  it('has a settlement line for the refunds of each period', async () => {
    const rows = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('settlement_part as p')
      .innerJoin('settlement as s', 's.id', 'p.settlementId')
      .select(['p.kind', 'p.originalPeriod', 'p.lineCount', 'p.itemCount', 'p.totalMinor'])
      .where('s.billingPeriod', '=', '2026-02')
      .where('s.companyId', 'in', [sellers[0]!.companyId, sellers[1]!.companyId])
      .orderBy('s.companyId')
      .orderBy('p.kind')
      .execute();
    assert.deepEqual(rows, [
      { kind: 'charge', originalPeriod: '', lineCount: 99, itemCount: 99, totalMinor: 80_000n },
      { kind: 'refund', originalPeriod: '2026-02', lineCount: 1, itemCount: 1, totalMinor: -800n },
      { kind: 'charge', originalPeriod: '', lineCount: 100, itemCount: 100, totalMinor: 80_000n },
      { kind: 'refund', originalPeriod: '2026-01', lineCount: 1, itemCount: 1, totalMinor: -10_000n },
    ]);
  });

  it('is done with a month that has refunds: another night has nothing to settle in it', async () => {
    world.clock.set(new Date('2026-03-26T15:00:00.000Z'));
    const outcome = await executeRun(
      world.deps,
      { job: 'settle-companies', businessDate: '2026-03-26' },
      settleCompanies,
    );
    assert.equal(outcome.kind, 'finished');
    assert.deepEqual(outcome.counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
  });

  it('leaves every invariant in place', async () => {
    assert.deepEqual(
      (await listBrokenInvariants(world.deps)).filter((line) => /^[1-4] /.test(line)),
      [],
    );
  });
});
