import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  CLOSING_GROUPS,
  addDays,
  addMonths,
  billingPeriodOf,
  closingDatesOf,
  compare,
  dueDate,
  issueDate,
  lastClosingDateOf,
  parseClosingGroup,
  periodRange,
  periodsClosingOn,
  unmovedDueDate,
  type ClosingGroup,
} from '../../src/shared/calendar.rules.ts';

const groups = fc.constantFrom(...CLOSING_GROUPS);
const dates = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

test('reads closing groups as files write them and refuses everything else', () => {
  assert.deepEqual(
    ['5', '10', '15', '20', '25', '31', 'end'].map(parseClosingGroup),
    [5, 10, 15, 20, 25, 31, 31],
  );
  for (const text of ['', '05', '30', '6', ' 5', 'END', '5.0', '-5']) {
    assert.equal(parseClosingGroup(text), undefined, text);
  }
});

test('names the six periods of May 2026 by the month they begin in', () => {
  const table: [ClosingGroup, string, string][] = [
    [31, '2026-05-01', '2026-05-31'],
    [5, '2026-05-06', '2026-06-05'],
    [10, '2026-05-11', '2026-06-10'],
    [15, '2026-05-16', '2026-06-15'],
    [20, '2026-05-21', '2026-06-20'],
    [25, '2026-05-26', '2026-06-25'],
  ];
  for (const [group, startsOn, closesOn] of table) {
    assert.deepEqual(periodRange('2026-05', group), { startsOn, closesOn });
    assert.equal(billingPeriodOf(startsOn, group), '2026-05');
    assert.equal(billingPeriodOf(closesOn, group), '2026-05');
    assert.equal(billingPeriodOf(addDays(startsOn, -1), group), '2026-04');
    assert.equal(billingPeriodOf(addDays(closesOn, 1), group), '2026-06');
  }
});

test('crosses the year and ends February where it ends', () => {
  assert.equal(billingPeriodOf('2027-01-05', 5), '2026-12');
  assert.deepEqual(periodRange('2026-12', 25), { startsOn: '2026-12-26', closesOn: '2027-01-25' });
  assert.equal(periodRange('2026-02', 31).closesOn, '2026-02-28');
  assert.equal(periodRange('2028-02', 31).closesOn, '2028-02-29');
  assert.throws(() => billingPeriodOf('2026-5-1', 5), RangeError);
});

test('issues 13 days after the close and is due on the same day of the next month', () => {
  const table = [
    ['2026-05-31', '2026-06-13', '2026-06-30', '2026-06-30'],
    ['2026-06-05', '2026-06-18', '2026-07-05', '2026-07-06'],
    ['2026-06-10', '2026-06-23', '2026-07-10', '2026-07-10'],
    ['2026-06-15', '2026-06-28', '2026-07-15', '2026-07-15'],
    ['2026-06-20', '2026-07-03', '2026-07-20', '2026-07-21'],
    ['2026-06-25', '2026-07-08', '2026-07-25', '2026-07-27'],
  ] as const;
  for (const [closesOn, issued, unmoved, due] of table) {
    assert.equal(issueDate(closesOn), issued);
    assert.equal(unmovedDueDate(closesOn), unmoved);
    assert.equal(dueDate(closesOn), due, `${unmoved} moved to a bank day`);
  }
});

test('keeps the month end when it gives a due date', () => {
  assert.equal(unmovedDueDate('2026-02-28'), '2026-03-31');
  assert.equal(unmovedDueDate('2027-01-31'), '2027-02-28');
  assert.equal(unmovedDueDate('2026-04-30'), '2026-05-31');
  assert.equal(dueDate('2026-11-30'), '2027-01-04');
  assert.throws(() => dueDate('2026-06-06'), RangeError);
  assert.throws(() => dueDate('2026-06-31'), RangeError);
});

test('lists what closes on a day, and the closing days of a period', () => {
  assert.deepEqual(periodsClosingOn('2026-06-05'), [{ period: '2026-05', group: 5 }]);
  assert.deepEqual(periodsClosingOn('2026-05-31'), [{ period: '2026-05', group: 31 }]);
  assert.deepEqual(periodsClosingOn('2026-05-30'), []);
  assert.deepEqual(periodsClosingOn('2026-02-28'), [{ period: '2026-02', group: 31 }]);
  const closings = closingDatesOf('2026-05').map(({ closesOn }) => closesOn);
  assert.deepEqual(closings, [
    '2026-05-31',
    '2026-06-05',
    '2026-06-10',
    '2026-06-15',
    '2026-06-20',
    '2026-06-25',
  ]);
  assert.equal(lastClosingDateOf('2026-05'), '2026-06-25');
});

test('every date lies inside the range of its own period', () => {
  fc.assert(
    fc.property(dates, groups, (date, group) => {
      const { startsOn, closesOn } = periodRange(billingPeriodOf(date, group), group);
      assert.ok(startsOn <= date && date <= closesOn, `${date} in ${startsOn} to ${closesOn}`);
      assert.equal(billingPeriodOf(date, group), startsOn.slice(0, 7));
    }),
  );
});

test('the periods of every group follow one another for twenty years without gap or overlap', () => {
  for (const group of CLOSING_GROUPS) {
    for (let period = '2015-01'; compare(period, '2035-01') < 0; period = addMonths(period, 1)) {
      const { closesOn } = periodRange(period, group);
      assert.equal(addDays(closesOn, 1), periodRange(addMonths(period, 1), group).startsOn);
      assert.deepEqual(periodsClosingOn(closesOn), [{ period, group }]);
    }
  }
});
