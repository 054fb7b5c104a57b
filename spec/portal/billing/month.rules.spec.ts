import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { weeksOf } from '../../../src/portal/billing/today/month.rules.ts';

const daysOf = (month: string, payouts: { date: string; count: number }[] = []) =>
  weeksOf(month, payouts)
    .flat()
    .filter(({ isInMonth }) => isInMonth);

describe('a month at a glance', () => {
  it('has whole weeks from Sunday, and each day of the month once', () => {
    for (const [month, days] of [
      ['2026-02', 28],
      ['2026-05', 31],
      ['2028-02', 29],
    ] as const) {
      const weeks = weeksOf(month, []);
      assert.ok(weeks.every((week) => week.length === 7));
      assert.equal(new Date(`${weeks[0]![0]!.date}T00:00Z`).getUTCDay(), 0);
      assert.deepEqual(
        daysOf(month).map(({ date }) => Number(date.slice(8))),
        Array.from({ length: days }, (_, index) => index + 1),
      );
    }
  });

  it('has the six closes of each month, with the month that each is of', () => {
    const closes = daysOf('2026-05').flatMap(({ date, closes: one }) =>
      one ? [`${date} ${one.period} ${one.group}`] : [],
    );
    assert.deepEqual(closes, [
      '2026-05-05 2026-04 5',
      '2026-05-10 2026-04 10',
      '2026-05-15 2026-04 15',
      '2026-05-20 2026-04 20',
      '2026-05-25 2026-04 25',
      '2026-05-31 2026-05 31',
    ]);
  });

  it('has issues 13 days after a close and due dates on bank days, over the turn of the year too', () => {
    const january = daysOf('2027-01');
    const on = (date: string) => january.find((day) => day.date === date)!;
    assert.equal(on('2027-01-13').issues?.period, '2026-12');
    assert.equal(on('2027-01-01').isBankDay, false);
    assert.ok(january.filter(({ due }) => due).every(({ isBankDay }) => isBankDay));
    // Due on 2026-12-31, when banks are closed: moved to the first day on which they are open.
    assert.deepEqual([on('2027-01-04').due?.period, on('2027-01-04').due?.group], ['2026-11', 31]);
  });

  it('has the payouts of each day', () => {
    const found = daysOf('2026-05', [{ date: '2026-05-12', count: 3 }]).filter(({ payouts }) => payouts > 0);
    assert.deepEqual(
      found.map(({ date, payouts }) => [date, payouts]),
      [['2026-05-12', 3]],
    );
  });
});
