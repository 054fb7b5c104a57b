import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { rollUp } from '../../src/reports/roll-up.ts';
import { capture } from '../invoices/captured-charges.ts';
import { tamper } from '../invariants/tamper.ts';
import { staff } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { recordRefunds } from '../support/refunds.ts';
import { sellAtRandom, type RandomSales } from './random-sales.ts';

let sales: RandomSales;
before(async () => void (sales = await sellAtRandom(20_260_501)));
after(() => sales.close());

const night = (businessDate: string, beforeChunk?: (chunk: number) => void) =>
  fakeRun(sales.billed.deps, rollUp, {
    job: 'roll-up',
    businessDate,
    ...(beforeChunk && { beforeChunk }),
  });

const DAYS = 'the figures of a day are its charges, refunds and clawbacks';

const tables = ['daily_figure', 'daily_subscription', 'daily_collection', 'report_figure'] as const;

/** Everything that is added up, without when. */
async function contents(): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const table of tables)
    found[table] = (await sales.billed.rows(`SELECT * FROM ${table}`))
      .map((row) => JSON.stringify(row))
      .sort();
  return found;
}

async function findBroken(): Promise<string[]> {
  const results = await checkInvariants(sales.billed.deps, staff());
  const rollups = results.find(({ number }) => number === 11)!;
  return [...new Set(rollups.offending.map(({ broken }) => broken))].sort();
}

const sumOf = async (text: string): Promise<number> => {
  const [row] = await sales.billed.rows<{ n: number | string }>(text);
  return Number(row?.n ?? 0);
};

const ofMonth = (column: string, month: string) =>
  sumOf(`SELECT SUM(${column}) AS n FROM report_figure WHERE grain = 'month' AND starts_on = '${month}-01'`);

const forget = () =>
  sales.billed.deps.orm.em
    .fork()
    .getConnection()
    .execute("DELETE FROM daily_total WHERE business_date >= '2026-05-14'");

describe('the roll-up of the nights', () => {
  it('adds up all days since the first sale in the first night, and says nothing of days that are not over', async () => {
    const { counts } = await night('2026-05-16');
    assert.equal(counts.done, counts.expected);
    assert.deepEqual(await findBroken(), []);
    const totals = 'SELECT COUNT(*) AS n FROM daily_total';
    assert.equal(await sumOf(totals), await sumOf("SELECT DATEDIFF('2026-05-16', '2026-01-01') + 1 AS n"));
  });

  it('has the charges by the day they were sold, refunds by their own day and by that of their charge', async () => {
    for (const grain of ['day', 'month', 'period']) {
      assert.equal(
        await sumOf(`SELECT SUM(charged_minor) AS n FROM report_figure WHERE grain = '${grain}'`),
        await sumOf("SELECT SUM(captured_minor) AS n FROM charge WHERE state = 'captured'"),
        grain,
      );
    }
    for (const month of ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']) {
      const refunds = `SELECT SUM(r.amount_minor) AS n FROM refund r JOIN charge c ON c.id = r.charge_id
        WHERE r.business_date <= '2026-05-16' AND `;
      assert.equal(
        await ofMonth('refunded_minor', month),
        await sumOf(`${refunds} r.business_date LIKE '${month}%'`),
        `booked in ${month}`,
      );
      assert.equal(
        await ofMonth('returned_minor', month),
        await sumOf(`${refunds} c.business_date LIKE '${month}%'`),
        `sold in ${month}`,
      );
      assert.equal(
        await ofMonth('active_count', month),
        await sumOf(`SELECT COUNT(*) AS n FROM subscription WHERE joined_on <= LEAST(LAST_DAY('${month}-01'), '2026-05-16')
          AND (left_on IS NULL OR left_on > LEAST(LAST_DAY('${month}-01'), '2026-05-16'))`),
        `active at the end of ${month}`,
      );
    }
    assert.ok((await ofMonth('clawback_minor', '2026-05')) > 0);
    assert.ok((await ofMonth('recovered_minor', '2026-05')) > 0);
  });

  it('has nothing to do in the same night again, and the same figures when all days are added up again', async () => {
    const before = await contents();
    assert.equal((await night('2026-05-16')).counts.expected, 0);
    await sales.billed.world.deps.orm.em.fork().getConnection().execute('DELETE FROM daily_total');
    await night('2026-05-16');
    assert.deepEqual(await contents(), before);
  });

  it('ends with the same figures after a crash before any chunk', async () => {
    const before = await contents();
    await forget();
    const { chunks } = await night('2026-05-16');
    assert.ok(chunks > 5);
    for (let crash = 1; crash <= chunks; crash += 1) {
      await forget();
      const stop = (chunk: number) => {
        if (chunk === crash) throw new Error('crash');
      };
      await assert.rejects(night('2026-05-16', stop));
      await night('2026-05-16');
      assert.deepEqual(await contents(), before, `a crash before chunk ${crash}`);
    }
  });

  it('adds a late refund to its own day and to the day of its charge, and rewrites no other day', async () => {
    const before = await sales.billed.rows("SELECT * FROM daily_figure WHERE booked_on <= '2026-05-16'");
    const chargeId = sales.invoices[3]!.chargeIds[0]!;
    await recordRefunds(sales.billed.deps, [
      { chargeId, amountMinor: 7n, businessDate: '2026-05-17', period: '2026-04' },
    ]);
    const returned = () =>
      sumOf(`SELECT SUM(returned_minor) AS n FROM report_figure JOIN charge c ON c.id = '${chargeId}'
        WHERE grain = 'day' AND starts_on = c.business_date`);
    const returnedBefore = await returned();
    await night('2026-05-17');
    assert.equal((await returned()) - returnedBefore, 7);
    assert.deepEqual(
      await sales.billed.rows("SELECT * FROM daily_figure WHERE booked_on <= '2026-05-16'"),
      before,
    );
    assert.deepEqual(await findBroken(), []);
  });

  it('adds up a day again on which something was booked after its night', async () => {
    const chargeId = sales.invoices[4]!.chargeIds[0]!;
    await recordRefunds(sales.billed.deps, [
      { chargeId, amountMinor: 3n, businessDate: '2026-05-17', period: '2026-04' },
    ]);
    // The last day may still grow.
    assert.deepEqual(await findBroken(), []);
    await night('2026-05-18');
    assert.equal(
      await sumOf(
        "SELECT SUM(refunded_minor) AS n FROM report_figure WHERE grain = 'day' AND starts_on = '2026-05-17'",
      ),
      10,
    );
    assert.deepEqual(await findBroken(), []);
  });

  it('adds up a day again on which a charge is booked late, however long ago it was', async () => {
    const [seller] = sales.sellers;
    const { companyId, serviceId } = seller!;
    const { lineId } = sales.invoices[0]!;
    const charged =
      "SELECT SUM(charged_minor) AS n FROM report_figure WHERE grain = 'day' AND starts_on = '2025-12-10'";
    const late = { companyId, serviceId, lineId, amountMinor: 41n, businessDate: '2025-12-10' };
    await capture(sales.billed.deps, [{ ...late, period: '2026-05' }]);
    await night('2026-05-18');
    assert.equal(await sumOf(charged), 41, 'a day before the first sale');
    await capture(sales.billed.deps, [{ ...late, period: '2026-05', amountMinor: 1n }]);
    assert.deepEqual(await findBroken(), [DAYS]);
    const { counts } = await night('2026-05-18');
    assert.equal(await sumOf(charged), 42);
    assert.deepEqual(await findBroken(), []);
    // The day, the sums of its day and month, and those of the billing months that are booked on it.
    assert.ok(counts.expected < 10, `${counts.expected} days and sums`);
  });

  it('counts a subscription that is ended for an earlier day on that day', async () => {
    await tamper(
      sales.billed.deps,
      'subscription',
      "UPDATE subscription SET state = 'ended', left_on = '2026-05-03' WHERE left_on IS NULL LIMIT 2",
    );
    await night('2026-05-19');
    assert.equal(
      await sumOf(
        "SELECT SUM(left_count) AS n FROM report_figure WHERE grain = 'day' AND starts_on = '2026-05-03'",
      ),
      2,
    );
    assert.deepEqual(await findBroken(), []);
  });
});

const TOTALS = 'the total of a day is the sum of its figures';
const byGrain = (...grains: string[]) =>
  grains.map((grain) => `what reports read by ${grain} is the sum of the days`);

const tampering: readonly (readonly [
  name: string,
  table: string,
  change: string,
  undo: string,
  broken: readonly string[],
])[] = [
  [
    'a day with another amount',
    'daily_figure',
    'UPDATE daily_figure SET charged_minor = charged_minor + 1 WHERE charge_count > 0 LIMIT 1',
    'UPDATE daily_figure SET charged_minor = charged_minor - 1 WHERE charge_count > 0 LIMIT 1',
    [DAYS, TOTALS, ...byGrain('day', 'period')],
  ],
  [
    'a month of a report with another amount',
    'report_figure',
    "UPDATE report_figure SET refunded_minor = refunded_minor + 1 WHERE grain = 'month' AND starts_on = '2026-05-01' LIMIT 1",
    "UPDATE report_figure SET refunded_minor = refunded_minor - 1 WHERE grain = 'month' AND starts_on = '2026-05-01' LIMIT 1",
    byGrain('month', 'company and month'),
  ],
  [
    'a day of subscriptions with another count',
    'daily_subscription',
    "UPDATE daily_subscription SET joined_count = joined_count + 1 WHERE business_date = '2026-05-03' LIMIT 1",
    "UPDATE daily_subscription SET joined_count = joined_count - 1 WHERE business_date = '2026-05-03' LIMIT 1",
    [
      'the subscriptions of a day are those that joined and left on it',
      'the subscriptions that reports read by day are those of the days',
    ],
  ],
  [
    'another amount of collection',
    'daily_collection',
    "UPDATE daily_collection SET amount_minor = amount_minor + 1 WHERE kind = 'uncollected'",
    "UPDATE daily_collection SET amount_minor = amount_minor - 1 WHERE kind = 'uncollected'",
    ['what is collected on a day is what the ledger has of it'],
  ],
  [
    'a charge with another amount',
    'charge',
    "UPDATE charge SET captured_minor = captured_minor - 1 WHERE state = 'captured' ORDER BY id LIMIT 1",
    "UPDATE charge SET captured_minor = captured_minor + 1 WHERE state = 'captured' ORDER BY id LIMIT 1",
    [DAYS],
  ],
];

/** Of a contract, for all of its days. */
const changeTariff = (from: string, to: string): Promise<void> =>
  tamper(
    sales.billed.deps,
    'contract',
    `UPDATE contract SET tariff_code = '${to}' WHERE tariff_code = '${from}'`,
  );

describe('the check of what is added up', () => {
  for (const [name, table, change, undo, broken] of tampering) {
    it(`finds ${name}`, async () => {
      await tamper(sales.billed.deps, table, change);
      try {
        assert.deepEqual(await findBroken(), [...broken].sort());
      } finally {
        await tamper(sales.billed.deps, table, undo);
      }
    });
  }

  it('finds nothing in a contract that is concluded for days that are added up: they keep the tariff that was known', async () => {
    await changeTariff('west-2004', 'item-2002');
    try {
      assert.deepEqual(await findBroken(), []);
    } finally {
      await changeTariff('item-2002', 'west-2004');
    }
  });

  it('is backed by the database: the figures of a day do not change one by one', async () => {
    await assert.rejects(
      sales.billed.rows('UPDATE daily_figure SET charged_minor = charged_minor + 1 LIMIT 1'),
      /daily_figure_is_replaced_whole/,
    );
  });
});
