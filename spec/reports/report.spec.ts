import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { comparedRange } from '../../src/reports/report-range.rules.ts';
import { findReportTotal, listReportRows, listReportStarts } from '../../src/reports/report.queries.ts';
import type { Dimension, ReportRow, ReportScope } from '../../src/reports/report.types.ts';
import type { Grain } from '../../src/reports/report-figure.entity.ts';
import { rollUp } from '../../src/reports/roll-up.ts';
import { streamReport } from '../../src/reports/stream-report.ts';
import { findLastDay, findToday } from '../../src/reports/today.queries.ts';
import { Problem } from '../../src/shared/problem.ts';
import { staff, userOf } from '../support/actors.ts';
import { fakeRun } from '../support/fake-run.ts';
import { createDice, sellAtRandom, type RandomSales } from './random-sales.ts';

/** A charge, a refund or a clawback as it is stored, to be counted again by other means. */
interface Raw {
  readonly table: 'charge' | 'refund' | 'clawback' | 'recovery';
  readonly companyId: number;
  readonly serviceId: number;
  readonly channel: string;
  readonly tariff: string;
  readonly group: number;
  readonly period: string;
  readonly bookedOn: string;
  readonly soldOn: string;
  readonly amount: number;
}

let sales: RandomSales;
let raw: readonly Raw[];
before(async () => {
  sales = await sellAtRandom(7_919);
  await fakeRun(sales.billed.deps, rollUp, { job: 'roll-up', businessDate: '2026-05-19' });
  const of = `c.service_id AS serviceId, COALESCE(s.platform, '') AS channel, k.tariff_code AS tariff, c.business_date AS soldOn`;
  const joins = 'JOIN service s ON s.id = c.service_id JOIN contract k ON k.company_id = c.company_id';
  raw = await sales.billed.rows<Raw>(`
    SELECT 'charge' AS \`table\`, c.company_id AS companyId, ${of}, c.closing_group AS \`group\`, c.billing_period AS period,
      c.business_date AS bookedOn, c.captured_minor AS amount FROM charge c ${joins}
    UNION ALL SELECT 'refund', c.company_id, ${of}, COALESCE(r.closing_group, 0), r.billing_period, r.business_date,
      r.amount_minor FROM refund r JOIN charge c ON c.id = r.charge_id ${joins}
    UNION ALL SELECT w.kind, c.company_id, ${of}, c.closing_group, w.billing_period, w.booked_on, w.amount_minor
      FROM clawback w JOIN charge c ON c.id = w.charge_id ${joins}`);
});
after(() => sales.close());

const inRange = (
  grain: Grain,
  { from, through }: { from: string; through: string },
  date: string,
  period: string,
) => {
  if (grain === 'period') return period >= from.slice(0, 7) && period <= through.slice(0, 7);
  return grain === 'day'
    ? date >= from && date <= through
    : date.slice(0, 7) >= from.slice(0, 7) && date.slice(0, 7) <= through.slice(0, 7);
};

/** The sums of some rows, counted one by one. */
function recount(scope: ReportScope, rows: readonly Raw[]) {
  const sum = (table: Raw['table'], date: (row: Raw) => string) => {
    const own = rows.filter(
      (row) => row.table === table && inRange(scope.grain, scope, date(row), row.period),
    );
    return {
      count: BigInt(own.length),
      minor: own.reduce((total, { amount }) => total + BigInt(amount), 0n),
    };
  };
  const charges = sum('charge', (row) => row.bookedOn);
  const refunds = sum('refund', (row) => row.bookedOn);
  const returned = scope.grain === 'period' ? { count: 0n, minor: 0n } : sum('refund', (row) => row.soldOn);
  if (scope.report === 'losses') {
    const [lost, back] = [sum('clawback', (row) => row.bookedOn), sum('recovery', (row) => row.bookedOn)];
    return { clawbackMinor: lost.minor, recoveredMinor: back.minor, netMinor: lost.minor - back.minor };
  }
  return {
    chargeCount: charges.count,
    chargedMinor: charges.minor,
    refundCount: refunds.count,
    refundedMinor: refunds.minor,
    returnedCount: returned.count,
    returnedMinor: returned.minor,
    netMinor: charges.minor - refunds.minor,
  };
}

const keyOf: Readonly<Record<Dimension, (row: Raw) => string>> = {
  company: (row) => String(row.companyId),
  service: (row) => String(row.serviceId),
  channel: (row) => row.channel,
  tariff: (row) => row.tariff,
  partner: () => '',
  group: (row) => String(row.group),
};

const scopes: readonly ReportScope[] = (['sales', 'losses'] as const).flatMap((report) => [
  { report, grain: 'month' as const, from: '2026-01-01', through: '2026-05-01' },
  { report, grain: 'month' as const, from: '2026-04-01', through: '2026-04-01' },
  { report, grain: 'period' as const, from: '2026-01-01', through: '2026-05-01' },
  { report, grain: 'day' as const, from: '2026-03-01', through: '2026-05-19' },
]);

const nameOf = ({ report, grain, from, through }: ReportScope) =>
  `${report} by ${grain}, ${from} to ${through}`;

describe('a report', () => {
  for (const scope of scopes) {
    it(`has the total that a recount has: ${nameOf(scope)}`, async () => {
      assert.deepEqual(await findReportTotal(sales.billed.deps, staff(), scope), recount(scope, raw));
    });

    it(`adds up by day and month, and by what it is divided: ${nameOf(scope)}`, async () => {
      const total = recount(scope, raw);
      const starts = await listReportStarts(sales.billed.deps, staff(), scope);
      assert.deepEqual(
        addUp(
          starts.map(({ sums }) => sums),
          total,
        ),
        total,
      );
      for (const by of Object.keys(keyOf) as Dimension[]) {
        if (by === 'group' && scope.grain !== 'period') continue;
        const rows = await listReportRows(sales.billed.deps, staff(), scope, { by, limit: 100 });
        for (const { key, sums } of rows) {
          const own = raw.filter((row) => keyOf[by](row) === key);
          assert.deepEqual(sums, recount(scope, own), `${by} ${key}`);
        }
        assert.deepEqual(
          addUp(
            rows.map(({ sums }) => sums),
            total,
          ),
          total,
          by,
        );
      }
    });
  }

  it('is of one company when it is asked for, and of no other for its people', async () => {
    const [scope] = scopes as [ReportScope];
    const { companyId, code } = sales.sellers[0]!;
    const own = recount(
      scope,
      raw.filter((row) => row.companyId === companyId),
    );
    const { deps } = sales.billed;
    assert.deepEqual(await findReportTotal(deps, staff(), { ...scope, companyCode: code }), own);
    const owner = userOf(companyId, 'owner');
    assert.deepEqual(await findReportTotal(deps, owner, scope), own);
    const other = await findReportTotal(deps, owner, { ...scope, companyCode: sales.sellers[2]!.code });
    assert.equal(other['chargedMinor'], 0n);
    const collection = { ...scope, report: 'collection' } as const;
    await assert.rejects(findReportTotal(deps, owner, collection), isProblem('permission-denied'));
  });

  it('lists rows in pages of any size: each once, the largest first', async () => {
    const scope = { ...scopes[0]! };
    const all = await listReportRows(sales.billed.deps, staff(), scope, { by: 'service', limit: 100 });
    assert.deepEqual(
      all.map(({ sums }) => sums['chargedMinor']),
      all.map(({ sums }) => sums['chargedMinor']!).toSorted((a, b) => (a > b ? -1 : 1)),
    );
    const paged: ReportRow[] = [];
    for (let last: ReportRow | undefined; ;) {
      const after = last && { sum: last.sums['chargedMinor']!, key: last.key };
      const page = await listReportRows(sales.billed.deps, staff(), scope, {
        by: 'service',
        limit: 1,
        after,
      });
      if (page.length === 0) break;
      paged.push(...page);
      last = page.at(-1);
    }
    assert.deepEqual(paged, all);
    assert.ok(all.length >= 4);
    assert.ok(all.every(({ name, companyName }) => name !== null && companyName !== null));
  });

  it('streams the rows of each month of itself', async () => {
    const scope = { ...scopes[0]! };
    const rows = await Array.fromAsync(streamReport(sales.billed.deps, staff(), scope, 'company'));
    const total = recount(scope, raw);
    assert.deepEqual(
      addUp(
        rows.map(({ sums }) => sums),
        total,
      ),
      total,
    );
    assert.ok(new Set(rows.map(({ startsOn }) => startsOn)).size > 3);
  });

  it('counts subscriptions of a time at its end, and who joined and left in it', async () => {
    const scope: ReportScope = {
      report: 'subscriptions',
      grain: 'month',
      from: '2026-02-01',
      through: '2026-04-01',
    };
    const [row] = await sales.billed.rows<{ j: number; l: number; a: number }>(`
      SELECT SUM(joined_on BETWEEN '2026-02-01' AND '2026-04-30') AS j, SUM(COALESCE(left_on BETWEEN '2026-02-01' AND '2026-04-30', 0)) AS l,
        SUM(joined_on <= '2026-04-30' AND (left_on IS NULL OR left_on > '2026-04-30')) AS a FROM subscription`);
    assert.deepEqual(await findReportTotal(sales.billed.deps, staff(), scope), {
      joinedCount: BigInt(row!.j),
      leftCount: BigInt(row!.l),
      activeCount: BigInt(row!.a),
    });
    const rows = await listReportRows(sales.billed.deps, staff(), scope, { by: 'company', limit: 10 });
    assert.equal(
      rows.reduce((sum, { sums }) => sum + sums['activeCount']!, 0n),
      BigInt(row!.a),
    );
  });

  it('has of collection what the ledger has', async () => {
    const scope: ReportScope = {
      report: 'collection',
      grain: 'month',
      from: '2026-05-01',
      through: '2026-05-01',
    };
    const [row] = await sales.billed.rows<{ lost: number; loss: number }>(`
      SELECT SUM(CASE kind WHEN 'uncollected' THEN amount_minor WHEN 'uncollected-back' THEN -amount_minor ELSE 0 END) AS lost,
        SUM(CASE kind WHEN 'loss' THEN amount_minor WHEN 'loss-back' THEN -amount_minor ELSE 0 END) AS loss FROM ledger_entry`);
    const total = await findReportTotal(sales.billed.deps, staff(), scope);
    assert.equal(total['uncollectedMinor'], BigInt(row!.lost));
    assert.equal(total['lossMinor'], BigInt(row!.loss));
    assert.ok(total['clawbackMinor']! > 0n && total['recoveredMinor']! > 0n);
  });

  it('refuses a range that is too long, and a division that it does not have', async () => {
    const { deps } = sales.billed;
    const day: ReportScope = { report: 'sales', grain: 'day', from: '2026-01-01', through: '2026-05-01' };
    await assert.rejects(findReportTotal(deps, staff(), day), isProblem('invalid-request'));
    const fees: ReportScope = { report: 'fees', grain: 'period', from: '2026-01-01', through: '2026-05-01' };
    await assert.rejects(
      listReportRows(deps, staff(), fees, { by: 'service', limit: 1 }),
      isProblem('invalid-request'),
    );
  });
});

describe('today', () => {
  it('has what is sold and refunded on a day that is not over, of all and of one company', async () => {
    const { deps, world } = sales.billed;
    assert.equal(await findLastDay(deps, staff()), '2026-05-19');
    const dice = createDice(3);
    for (const month of ['2026-01', '2026-02', '2026-03']) {
      const day = raw.find(({ table, soldOn }) => table === 'charge' && soldOn.startsWith(month))!.soldOn;
      world.clock.set(new Date(`${day}T0${dice(9)}:00:00Z`));
      const own = raw.filter(({ table, soldOn }) => table === 'charge' && soldOn === day);
      const sold = own.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
      const today = await findToday(deps, staff());
      assert.deepEqual([today.businessDate, today.chargeCount, today.chargedMinor], [day, own.length, sold]);
      // The keys are all of May: newer than the days before it.
      const { companyId } = own[0]!;
      const found = await findToday(deps, userOf(companyId, 'owner'));
      assert.equal(found.chargeCount, own.filter((row) => row.companyId === companyId).length);
    }
  });

  it('has a charge that was requested on an earlier day and is captured today', async () => {
    const { deps, world } = sales.billed;
    world.clock.set(new Date('2026-05-20T03:00:00Z'));
    const [seller, , other] = sales.sellers;
    await sales.billed.bill('2026-06', [
      [
        [seller!, 500n],
        [seller!, 300n],
      ],
      [[other!, 40n]],
    ]);
    world.clock.set(new Date('2026-06-01T03:00:00Z'));
    const found = await findToday(deps, userOf(seller!.companyId, 'owner'));
    assert.deepEqual([found.chargeCount, found.chargedMinor], [2, 800n]);
    assert.equal((await findToday(deps, staff())).chargedMinor, 840n);
  });
});

describe('the range to compare with', () => {
  const cases = [
    ['month', '2026-05-01', '2026-05-01', 'previous', '2026-04-01', '2026-04-01'],
    ['month', '2026-01-01', '2026-06-01', 'previous', '2025-07-01', '2025-12-01'],
    ['period', '2026-01-01', '2026-02-01', 'last-year', '2025-01-01', '2025-02-01'],
    ['day', '2026-03-01', '2026-03-31', 'previous', '2026-02-01', '2026-02-28'],
    ['day', '2024-02-01', '2024-02-29', 'last-year', '2023-02-01', '2023-02-28'],
    ['day', '2026-05-11', '2026-05-17', 'previous', '2026-05-04', '2026-05-10'],
    ['day', '2026-05-11', '2026-05-17', 'last-year', '2025-05-11', '2025-05-17'],
  ] as const;
  for (const [grain, from, through, comparison, first, last] of cases) {
    it(`${from} to ${through} by ${grain}, ${comparison}: ${first} to ${last}`, () => {
      assert.deepEqual(comparedRange({ grain, from, through }, comparison), {
        grain,
        from: first,
        through: last,
      });
    });
  }
});

function addUp(rows: readonly Readonly<Record<string, bigint>>[], like: Readonly<Record<string, bigint>>) {
  return Object.fromEntries(
    Object.keys(like).map((name) => [name, rows.reduce((sum, row) => sum + (row[name] ?? 0n), 0n)]),
  );
}

const isProblem = (code: string) => (error: unknown) => error instanceof Problem && error.code === code;
