import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import type { BankRefunds } from '../../src/refunds/bank-refunds.queries.ts';
import { sumBilled } from '../../src/settlements/billed-companies.queries.ts';
import { provePeriod } from '../../src/settlements/prove-period.ts';
import { findPeriodsToSettle } from '../../src/settlements/settlement-periods.queries.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { BilledWorld, type SellingCompany } from '../collections/billed-world.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { fakeRun } from '../support/fake-run.ts';
import { recordRefunds } from '../support/refunds.ts';

/* Former holders are refunded in February, by bank, what they bought in January. */
describe('refunds by bank in settlements', () => {
  let billed: BilledWorld;
  let selling: SellingCompany;
  let idle: SellingCompany;
  before(async () => {
    billed = await BilledWorld.create();
    selling = await billed.addSeller({ tariffCode: 'flets-2011' });
    idle = await billed.addSeller({ tariffCode: 'flets-2011' });
    const [first, second] = await billed.bill('2026-01', [[[selling, 1_000n]], [[idle, 1_000n]]]);
    await settle('2026-02-26');
    await approveDrafts(billed.deps);
    await recordRefunds(billed.deps, [
      { chargeId: first!.chargeIds[0]!, amountMinor: 200n, businessDate: '2026-02-01', kind: 'bank' },
      { chargeId: first!.chargeIds[0]!, amountMinor: 100n, businessDate: '2026-02-28', kind: 'bank' },
      { chargeId: second!.chargeIds[0]!, amountMinor: 400n, businessDate: '2026-02-27', kind: 'bank' },
      // Of the next month, as February closes in March.
      { chargeId: second!.chargeIds[0]!, amountMinor: 50n, businessDate: '2026-03-01', kind: 'bank' },
    ]);
    await billed.bill('2026-02', [[[selling, 800n]], [[selling, 800n]]]);
  });
  after(() => billed.close());

  const settle = (businessDate: string) =>
    fakeRun(billed.deps, settleCompanies, { job: 'settle-companies', businessDate });

  const settledOf = async ({ companyId }: SellingCompany, period: string) => {
    const rows = await billed.rows<Record<string, number>>(
      `SELECT billed_minor AS billed, refunded_minor AS refunded, line_count AS N, item_count AS items, fee_ex_tax_minor AS fee,
         carried_out_minor AS carriedOut FROM settlement WHERE company_id = ? AND billing_period = ?`,
      [companyId, period],
    );
    return rows.map((row) => ({ ...row }));
  };

  it('are proven: while rows and ledger differ, nothing of the month is settled', async () => {
    const [toSettle] = await findPeriodsToSettle(billed.deps, '2026-03-26');
    const billedMonth = await sumBilled(billed.deps, '2026-02');
    const figures = {
      billed: billedMonth,
      bankRefunds: new Map<number, BankRefunds>(),
      settled: new Map<number, bigint>(),
    };
    await assert.rejects(provePeriod(billed.deps, toSettle!, figures), {
      code: 'settlement-refused',
      message: /refunds by bank and ledger: 0 and 300/,
    });
  });

  it('lower T of the calendar month in which they are booked, and neither N nor the items', async () => {
    await settle('2026-03-26');
    // 5% of 1,300 on two lines: 650 a line. Of the 1,600 it would be 80.
    assert.deepEqual(await settledOf(selling, '2026-02'), [
      { billed: 1_600, refunded: 300, N: 2, items: 2, fee: 65, carriedOut: 0 },
    ]);
  });

  it('are carried by a company that sold nothing in the month', async () => {
    assert.deepEqual(await settledOf(idle, '2026-02'), [
      { billed: 0, refunded: 400, N: 0, items: 0, fee: 0, carriedOut: -400 },
    ]);
  });

  it('have lines of their own, by the month of their charges', async () => {
    const lines = await billed.rows<Record<string, number | string>>(
      `SELECT p.kind, p.original_period AS period, p.closing_group AS closingGroup, p.line_count AS lineCount,
         p.item_count AS items, p.total_minor AS total
       FROM settlement_part p JOIN settlement s ON s.id = p.settlement_id WHERE s.billing_period = '2026-02' AND p.kind = 'bank'
       ORDER BY p.total_minor`,
    );
    const common = { kind: 'bank', period: '2026-01', closingGroup: 31, lineCount: 1 };
    assert.deepEqual(
      lines.map((line) => ({ ...line })),
      [
        { ...common, items: 1, total: -400 },
        { ...common, items: 2, total: -300 },
      ],
    );
  });

  it('are settled once, and every figure is recomputed, as drafted and as approved', async () => {
    const { counts } = await settle('2026-03-27');
    assert.equal(counts.done, 0);
    assert.deepEqual(await broken(), []);
    await approveDrafts(billed.deps);
    assert.deepEqual(await broken(), []);
    await billed.bill('2026-03', [[[selling, 500n]]]);
    await settle('2026-04-26');
    assert.deepEqual(await settledOf(idle, '2026-03'), [
      { billed: 0, refunded: 50, N: 0, items: 0, fee: 0, carriedOut: -450 },
    ]);
    await approveDrafts(billed.deps);
    assert.deepEqual(await broken(), []);
  });

  async function broken() {
    const results = await checkInvariants(billed.deps, staff());
    return results
      .filter(({ number }) => [1, 2, 3, 4, 5, 9].includes(number))
      .flatMap(({ offending }) => offending);
  }
});
