import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { inTransaction } from '../../src/database/transaction.ts';
import { recordLineChanges } from '../../src/lines/record-line-changes.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { exportAgain } from '../../src/invoices/export-again.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { CLOSING_GROUPS, lastClosingDateOf } from '../../src/shared/calendar.rules.ts';
import { makeContract } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { capture, makeMarket, type Market } from './captured-charges.ts';
import { staff } from '../support/actors.ts';

const [FORMER, NEXT] = ['2026-01-01', '2026-05-16'] as const;

for (const chunkSize of [undefined, 1]) {
  describe(`a line that changes hands in a period, folded ${chunkSize ?? 'many'} at a time`, () => {
    let world: World;
    let market: Market;

    before(async () => {
      world = await createWorld();
      world.clock.set(new Date('2026-07-01T00:00:00.000Z'));
      market = await makeMarket(world.deps, { lineCount: 3 });
      const { companyId } = market.registered;
      await makeContract(world.deps, { companyId, tariffCode: 'flets-2011' });
      const [, lineId] = market.lines as [string, string];
      await sqlOf(world.deps.orm.em.fork())
        .insertInto('line_holder')
        .values({ lineId, validFrom: NEXT, validTo: null, ...holderOfNobody, holder: '新保有者' })
        .execute();
      const audit = { actor: 'spec', action: 'spec.make', subject: lineId };
      await inTransaction(world.deps, (tx) => recordLineChanges(tx, audit, [lineId]));
      const sale = { ...market.registered, amountMinor: 105n };
      await capture(world.deps, [
        { ...sale, lineId: market.lines[0]!, businessDate: '2026-05-10' },
        { ...sale, lineId: market.lines[2]!, businessDate: '2026-05-10' },
        // Three items of 105 with one holder, three with the other, two of them on one day.
        ...['2026-05-02', '2026-05-03', '2026-05-16'].map((businessDate) => ({
          ...sale,
          lineId,
          businessDate,
        })),
        ...['2026-05-16', '2026-05-20', '2026-05-31'].map((businessDate) => ({
          ...sale,
          lineId,
          businessDate,
          holderFrom: NEXT,
        })),
      ]);
      await night('fold-charges', '2026-05-20', foldCharges);
      await night('fold-charges', '2026-05-31', foldCharges);
      await night('close-periods', '2026-05-31', closePeriods);
    });
    after(() => world.close());

    const holderOfNobody = { birthDate: null, email: null, updatedAt: new Date('2026-01-01T00:00:00.000Z') };
    const night = async (job: string, businessDate: string, work: typeof foldCharges) => {
      const outcome = await executeRun(world.deps, { job, businessDate, chunkSize }, work);
      assert.equal(outcome.kind, 'finished');
    };
    const query = () => sqlOf(world.deps.orm.em.fork());

    it('has an invoice for each holder, numbered by line and then by tenure, without a gap', async () => {
      const invoices = await query()
        .selectFrom('line_invoice')
        .select(['number', 'lineId', 'holderFrom', 'itemCount', 'totalMinor'])
        .orderBy('number')
        .execute();
      const [first, moved, last] = market.lines;
      assert.deepEqual(
        invoices.map((one) => [
          one.number?.slice(-2),
          one.lineId,
          one.holderFrom,
          one.itemCount,
          one.totalMinor,
        ]),
        [
          ['01', first, FORMER, 1, 105n],
          ['02', moved, FORMER, 3, 315n],
          ['03', moved, NEXT, 3, 315n],
          ['04', last, FORMER, 1, 105n],
        ],
      );
    });

    it('has the tax of each invoice rounded by itself', async () => {
      const taxes = await query()
        .selectFrom('line_invoice_tax')
        .select(['holderFrom', 'totalMinor', 'taxMinor'])
        .where('lineId', '=', market.lines[1]!)
        .orderBy('holderFrom')
        .execute();
      // Of 630 together it would be 57; of 315 each it is 28 (domain.md §5).
      assert.deepEqual(taxes, [
        { holderFrom: FORMER, totalMinor: 315n, taxMinor: 28n },
        { holderFrom: NEXT, totalMinor: 315n, taxMinor: 28n },
      ]);
    });

    it('has each in the details by its holder, and the same bytes when they are written again', async () => {
      const key = { period: '2026-05', closingGroup: 31 } as const;
      const { path } = await exportAgain(world.deps, staff(), key);
      const rows: Record<string, string>[] = parse(await readFile(path), { columns: true });
      const invoices = rows.filter((row) => row['record'] === 'invoice');
      assert.deepEqual(
        invoices.map((row) => [row['holder_from'], row['holder']]),
        [
          [FORMER, '保有者1'],
          [FORMER, '保有者2'],
          [NEXT, '新保有者'],
          [FORMER, '保有者3'],
        ],
      );
    });

    it('is one line in the settlement of its company', async () => {
      for (const group of CLOSING_GROUPS.slice(1)) {
        const businessDate = `2026-06-${String(group).padStart(2, '0')}`;
        await night('close-periods', businessDate, closePeriods);
      }
      await night('settle-companies', lastClosingDateOf('2026-05'), settleCompanies);
      const settlement = await query().selectFrom('settlement').selectAll().executeTakeFirstOrThrow();
      assert.deepEqual([settlement.billedMinor, settlement.lineCount, settlement.itemCount], [840n, 3, 8]);
    });

    it('breaks no invariant but that nobody counted what these charges spent', async () => {
      const broken = (await checkInvariants(world.deps, staff())).filter(({ holds }) => !holds);
      assert.deepEqual(
        [...new Set(broken.flatMap(({ offending }) => offending.map((row) => row.broken)))],
        [
          'what a tenure has booked in a billing period is what is captured in it, less what of that its invoice gives back',
        ],
      );
    });
  });
}

describe('two tenures of a line in different closing groups', () => {
  let world: World;
  before(async () => (world = await createWorld()));
  after(() => world.close());

  it('have each their invoice for the period of one name, and are one line', async () => {
    world.clock.set(new Date('2026-05-21T00:00:00.000Z'));
    const market = await makeMarket(world.deps, { lineCount: 1 });
    const sale = { ...market.registered, lineId: market.lines[0]!, amountMinor: 100n };
    await capture(world.deps, [
      { ...sale, businessDate: '2026-05-02' },
      { ...sale, businessDate: '2026-05-20', closingGroup: 5, holderFrom: NEXT },
    ]);
    const outcome = await executeRun(
      world.deps,
      { job: 'fold-charges', businessDate: '2026-05-20' },
      foldCharges,
    );
    assert.deepEqual(outcome.kind === 'finished' && [outcome.counts.done, outcome.counts.parked], [2, 0]);
    const invoices = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('line_invoice')
      .select(['closingGroup', 'holderFrom'])
      .orderBy('closingGroup')
      .execute();
    assert.deepEqual(invoices, [
      { closingGroup: 5, holderFrom: NEXT },
      { closingGroup: 31, holderFrom: FORMER },
    ]);
  });
});
