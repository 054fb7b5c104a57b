import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cancelSubscriptionView } from '../../../src/portal/company/agreements/subscriptions.view.rules.ts';
import type { LoadedSubscription } from '../../../src/portal/company/agreements/subscriptions.pages.ts';
import { readPurchases } from '../../../src/portal/company/purchases/purchases-query.rules.ts';
import { purchasesView } from '../../../src/portal/company/purchases/purchases.view.rules.ts';
import { hoursView } from '../../../src/portal/company/statistics/hours.view.rules.ts';
import { readWeek } from '../../../src/portal/company/statistics/statistics-query.rules.ts';
import { monthsToCompare } from '../../../src/portal/company/today/day-figures.rules.ts';
import type { LoadedToday } from '../../../src/portal/company/today/load-today.ts';
import { todayView } from '../../../src/portal/company/today/today.view.rules.ts';
import { frameIn } from './view-frame.ts';

const id = '01JV0000000000000000000000';
const ja = frameIn('ja');

const monthRows = (loaded: LoadedToday) =>
  todayView(loaded, ja)
    .sales!.table.rows.slice(-2)
    .map(({ cells }) => cells);

const hour = (businessDate: string, minor: bigint) => ({
  businessDate,
  hour: 9,
  serviceId: 1,
  kind: 'usage' as const,
  chargeCount: 1,
  chargedMinor: minor,
  soFarCount: 1,
  soFarMinor: minor,
});

/** Every day sold for 100 yen through the night of `lastDay`; yesterday 40 and today 7 by hour. */
const loadedOn = (today: string, lastDay = monthsToCompare(today).yesterday): LoadedToday => {
  const months = monthsToCompare(today);
  const sums = { chargeCount: 1n, chargedMinor: 100n };
  const days = new Map<string, typeof sums>();
  for (let day = 1; day <= 31; day += 1)
    for (const month of [months.before, months.month]) {
      const date = `${month}-${String(day).padStart(2, '0')}`;
      if (date <= lastDay) days.set(date, sums);
    }
  const now = new Date(`${today}T01:00:00Z`);
  return {
    company: { name: '株式会社ほしぞら', nameEn: 'Hoshizora' } as LoadedToday['company'],
    roles: ['owner'],
    hasFactor: true,
    now,
    today,
    toDo: { expiring: 3, statements: [], returned: [] },
    webhooks: [],
    newest: { charges: [], now },
    sales: {
      today,
      ...months,
      lastWeek: '2026-05-07',
      hours: [hour(months.yesterday, 40n), hour(today, 7n)],
      days,
      lastDay,
    },
  };
};

describe('the first page', () => {
  it('compares whole days of the month with the same days of the one before: today is not over', () => {
    assert.deepEqual(monthRows(loadedOn('2026-05-14')), [
      ['2026年5月（昨日まで）', '13', '1,300円', ''],
      ['前の月（4月13日まで）', '13', '1,300円', '±0.0%'],
    ]);
  });

  it('counts yesterday by hour where its night has not run', () => {
    assert.deepEqual(monthRows(loadedOn('2026-05-14', '2026-05-12'))[0], [
      '2026年5月（昨日まで）',
      '13',
      '1,240円',
      '',
    ]);
  });

  it('compares the last month with the one before it on the first of a month', () => {
    assert.deepEqual(monthsToCompare('2026-03-01'), {
      yesterday: '2026-02-28',
      month: '2026-02',
      before: '2026-01',
      sameDay: '2026-01-28',
    });
    assert.equal(monthsToCompare('2026-03-31').sameDay, '2026-02-28');
    assert.equal(monthsToCompare('2026-01-01').before, '2025-11');
  });

  it('leads from what expires to a list that has all of it, within the days of one list', () => {
    const [{ href = '' } = {}] = todayView(loadedOn('2026-05-14'), ja).waiting;
    const query = Object.fromEntries(new URL(href, 'https://shop.example').searchParams);
    assert.deepEqual(query, { state: 'authorized', from: '2026-02-12' });
    // A reservation is held for 90 days at most, after half an hour in which it may be confirmed.
    const { wanted, fault } = readPurchases(query, '2026-05-14');
    assert.deepEqual([wanted.from, wanted.through, fault], ['2026-02-12', '2026-05-14', undefined]);
  });
});

const show = (query: Parameters<typeof readPurchases>[0]) => {
  const chosen = readPurchases(query, '2026-05-14');
  const view = purchasesView({ query, chosen, rows: [], hasMore: false, sums: undefined, services: [] }, ja);
  const { from, through, atLeastMinor, atMostMinor } = chosen.wanted;
  return {
    read: [from, through, atLeastMinor, atMostMinor],
    fault: chosen.fault,
    file: view.filter?.download?.href,
  };
};

describe('a filter of purchases that cannot be read', () => {
  it('keeps its dates where an amount is the fault', () => {
    assert.deepEqual(show({ from: '2026-04-01', through: '2026-04-30', least: 'x', most: '500' }), {
      read: ['2026-04-01', '2026-04-30', undefined, 500n],
      fault: 'amount',
      file: undefined,
    });
    assert.deepEqual(show({ through: '2026-04-32', least: '5' }).read, [
      '2026-04-14',
      '2026-05-14',
      5n,
      undefined,
    ]);
  });

  it('has no file', () => {
    assert.equal(show({ from: '2026-04-01' }).file, '/company/purchases.csv?from=2026-04-01');
    for (const query of [
      { from: 'x' },
      { from: '2026-05-02', through: '2026-05-01' },
      { from: '2020-01-01' },
    ])
      assert.equal(show(query).file, undefined);
  });
});

describe('a week by hour', () => {
  it('ends on the day that was typed, and on today where that is to come or cannot be read', () => {
    assert.deepEqual(readWeek('2026-05-03', '2026-05-14'), {
      dates: [
        '2026-04-27',
        '2026-04-28',
        '2026-04-29',
        '2026-04-30',
        '2026-05-01',
        '2026-05-02',
        '2026-05-03',
      ],
      last: '2026-05-03',
      isUnread: false,
    });
    const lasts = [undefined, '2026-05-15', '2026-05-32'].map((day) => readWeek(day, '2026-05-14'));
    assert.deepEqual(
      lasts.map(({ last, dates, isUnread }) => [last, dates.at(-1), isUnread]),
      [
        ['2026-05-14', '2026-05-14', false],
        ['2026-05-14', '2026-05-14', false],
        ['2026-05-14', '2026-05-14', true],
      ],
    );
  });

  it('says what is shown where the day could not be read', () => {
    const { dates, isUnread } = readWeek('x', '2026-05-14');
    const { banners, filter } = hoursView(
      { dates, today: '2026-05-14', isUnread, services: [], hours: [] },
      ja,
    );
    assert.deepEqual(banners, [
      { tone: 'warn', text: '日付を読み取れませんでした。今日までの7日間を表示しています。' },
    ]);
    assert.equal(filter?.download?.href, '/company/statistics/hours.csv?day=2026-05-14');
  });
});

const saying = (changes: Partial<LoadedSubscription['subscription']>, today = '2026-05-14') => {
  const subscription = {
    id,
    description: '動画見放題',
    amountMinor: 500n,
    chargeDay: 25,
    joinedOn: '2026-03-10',
    firstMonthFree: false,
    lastMonthFree: false,
    renewedThrough: '2026-04',
    ...changes,
  } as LoadedSubscription['subscription'];
  return cancelSubscriptionView({ subscription, state: 'active', services: [], today }, ja).confirm
    ?.texts?.[0];
};

describe('cancelling a subscription', () => {
  const BILLED = '2026年5月分が最後の請求になります。';
  const MAYBE_FREE = '2026年5月分が最後の月です。最後の月の無料が適用される場合、請求はありません。';

  it('says that the month is billed, or is already', () => {
    assert.equal(saying({}), BILLED);
    assert.match(saying({ renewedThrough: '2026-05' })!, /請求済みのため/);
  });

  it('does not promise a bill that a free month may spare', () => {
    assert.equal(saying({ lastMonthFree: true }), MAYBE_FREE);
    assert.equal(saying({ lastMonthFree: true, chargeDay: 14 }), MAYBE_FREE);
    assert.match(
      saying({ firstMonthFree: true, joinedOn: '2026-05-10', renewedThrough: null })!,
      /最初の月の無料が適用されている場合/,
    );
  });

  it('promises none where the free month cannot be had any more', () => {
    assert.equal(saying({ lastMonthFree: true, chargeDay: 13 }), BILLED, 'after its charge day');
    assert.equal(saying({ lastMonthFree: true, joinedOn: '2026-05-10', renewedThrough: null }), BILLED);
  });
});
