import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatsOf } from '../../../src/portal/kit/format.rules.ts';
import type { LoadedReport } from '../../../src/portal/billing/reports/load-report.ts';
import { readReport } from '../../../src/portal/billing/reports/report-query.rules.ts';
import { reportsView } from '../../../src/portal/billing/reports/reports.view.rules.ts';
import { translator } from '../../../src/portal/messages/translate.ts';
import type { ReportRow } from '../../../src/reports/report.types.ts';

const frame = {
  language: 'en' as const,
  t: translator('en'),
  format: formatsOf({ language: 'en', currency: 'JPY', timeZone: 'Asia/Tokyo' }),
  can: () => true,
  nameOf: (actor: string) => actor,
  form: undefined,
};
const sums = (chargedMinor: bigint) => ({ chargeCount: 1n, chargedMinor, netMinor: chargedMinor });
const row = (key: string, chargedMinor: bigint): ReportRow => ({
  key,
  code: `company-${key}`,
  name: `会社${key}`,
  nameEn: `Company ${key}`,
  companyName: null,
  companyNameEn: null,
  sums: sums(chargedMinor),
});

function show(query: Parameters<typeof readReport>[0], over: Partial<LoadedReport> = {}) {
  const figures = {
    total: sums(1_100n),
    starts: [
      { startsOn: '2026-03-01', sums: sums(500n) },
      { startsOn: '2026-05-01', sums: sums(600n) },
    ],
    rows: [row('7', 800n), row('9', 300n)],
  };
  const choice = readReport(query, '2026-05');
  const loaded = { choice, month: '2026-05', lastDay: '2026-05-12', today: undefined, isUnknown: false };
  return reportsView({ ...loaded, figures, hasMore: false, compared: undefined, ...over }, frame);
}

/** A month that leads to what its figures are the sums of. */
const month = (text: string, value: string) => ({
  text,
  href: `/billing/reports?report=sales&grain=month&from=${value}&through=${value}&by=company`,
});

describe('the view of a report', () => {
  it('leads on from the last row by its sum and key, and back to the first page', () => {
    const { pager } = show({ from: '2026-01' }, { hasMore: true });
    assert.equal(new URL(pager.next!, 'http://x').searchParams.get('after'), '300~9');
    assert.equal(pager.first, undefined);
    const later = show({ from: '2026-01', after: '800~7' });
    assert.equal(later.pager.next, undefined);
    assert.equal(new URL(later.pager.first!, 'http://x').searchParams.get('after'), null);
  });

  it('has totals of everything at the foot, not of the page', () => {
    const { table } = show({});
    assert.deepEqual(table.foot?.slice(0, 3), ['Total', '1', '¥1,100']);
    assert.equal(table.foot?.length, table.columns.length);
    assert.ok(table.rows.every(({ cells }) => cells.length === table.columns.length));
  });

  it('leads from a company to its services, for the same time', () => {
    const [first] = show({ from: '2026-04' }).table.rows;
    const { href } = first!.cells[0] as { href: string };
    const words = new URL(href, 'http://x').searchParams;
    assert.deepEqual(
      [words.get('company'), words.get('by'), words.get('from')],
      ['company-7', 'service', '2026-04'],
    );
  });

  it('leads from a day to its journal, where it is of all companies and booked on it', () => {
    const days = { starts: [{ startsOn: '2026-05-12', sums: sums(1n) }], total: sums(1n), rows: [] };
    const first = (query: Parameters<typeof readReport>[0]) =>
      show({ grain: 'day', by: 'time', ...query }, { figures: days }).table.rows[0]!.cells[0];
    const text = 'Tue, May 12, 2026';
    assert.deepEqual(first({}), { text, href: '/billing/journal?from=2026-05-12&to=2026-05-12' });
    assert.equal(first({ company: 'company-7' }), text);
    assert.equal(first({ report: 'subscriptions' }), text);
  });

  it('leads from the fees of a month to its settlements, and from those of a company to its settlement', () => {
    const fees = { settlementCount: 2n, feeMinor: 30n, payoutMinor: 0n };
    const figures = {
      total: fees,
      starts: [{ startsOn: '2026-05-01', sums: fees }],
      rows: [{ ...row('7', 0n), sums: fees }],
    };
    const hrefs = (query: Parameters<typeof readReport>[0]) =>
      show({ report: 'fees', ...query }, { figures })
        .table.rows[0]!.cells.slice(1)
        .flatMap((cell) => (typeof cell === 'object' && 'href' in cell ? [cell.href] : []));
    assert.deepEqual(hrefs({ by: 'time' }), ['/billing/settlements?period=2026-05']);
    const one = '/billing/settlements/S202605-000007';
    assert.deepEqual(hrefs({ by: 'company', from: '2026-05', through: '2026-05' }), [one, one]);
    assert.deepEqual(hrefs({ by: 'company', from: '2026-04', through: '2026-05' }), []);
  });

  it('leads from the losses of a company to its clawbacks', () => {
    const losses = { clawbackMinor: 30n, recoveredMinor: 0n, netMinor: 30n };
    const figures = { total: losses, starts: [], rows: [{ ...row('7', 0n), sums: losses }] };
    const [first] = show({ report: 'losses', by: 'company' }, { figures }).table.rows;
    assert.deepEqual(first!.cells[1], {
      text: '¥30',
      href: '/billing/collections/clawbacks?company=company-7',
    });
    assert.equal(first!.cells[2], '¥0');
  });

  for (const [now, before, change] of [
    [1_100n, 1_000n, '+10.0%'],
    [1_000n, 3_000n, '−66.7%'],
    [1_000n, 1_000n, '±0.0%'],
    [1_000n, 0n, '–'],
    [2_001n, 2_000n, '+0.1%'],
  ] as const) {
    it(`says how much more or less than before: ${now} after ${before} is ${change}`, () => {
      const compared = { total: sums(before), starts: [], rows: [] };
      const figures = { total: sums(now), starts: [], rows: [] };
      const { foot = [] } = show({ compare: 'previous' }, { compared, figures }).table;
      assert.ok(foot.includes(change), JSON.stringify(foot));
    });
  }

  it('stands each month beside the one it is compared with, also where one of them has nothing', () => {
    const compared = {
      total: sums(90n),
      starts: [
        { startsOn: '2025-04-01', sums: sums(40n) },
        { startsOn: '2025-05-01', sums: sums(50n) },
      ],
      rows: [],
    };
    const { table, chart } = show({ from: '2026-03', by: 'time', compare: 'last-year' }, { compared });
    const cells = table.rows.map((shown) => [shown.cells[0], shown.cells[3]]);
    assert.deepEqual(cells, [
      [month('March 2026', '2026-03'), '¥0'],
      [month('May 2026', '2026-05'), '¥50'],
    ]);
    assert.match(chart!.alt, /The most is ¥600 in May 2026\./);
  });
});
