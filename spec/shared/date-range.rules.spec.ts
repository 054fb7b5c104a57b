import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contains, hasEnded, lastDay, overlaps, versionOn } from '../../src/shared/date-range.rules.ts';
import { addDays } from '../../src/shared/calendar-date.rules.ts';

const may = { validFrom: '2026-05-01', validTo: '2026-06-01' };
const open = { validFrom: '2026-05-01', validTo: null };

test('a range contains its first day, but not its end', () => {
  const cases = [
    ['2026-04-30', false, false],
    ['2026-05-01', true, false],
    ['2026-05-31', true, false],
    ['2026-06-01', false, true],
  ] as const;
  for (const [date, isIn, isOver] of cases) {
    assert.equal(contains(may, date), isIn, date);
    assert.equal(hasEnded(may, date), isOver, date);
  }
  assert.equal(contains(open, '9999-12-31'), true);
  assert.equal(contains(open, '2026-04-30'), false);
});

test('the last day is the one before the end', () => {
  assert.equal(lastDay(may), '2026-05-31');
  assert.equal(lastDay(open), null);
});

test('the latest version that has begun is in force, in any order of the list', () => {
  const versions = ['2014-04-01', '1989-04-01', '2019-10-01'].map((validFrom) => ({ validFrom }));
  assert.equal(versionOn(versions, '2019-09-30')?.validFrom, '2014-04-01');
  assert.equal(versionOn(versions, '2019-10-01')?.validFrom, '2019-10-01');
  assert.equal(versionOn(versions, '1989-03-31'), undefined);
});

const dayAt = (index: number): string => addDays('2026-05-01', index);
const days = Array.from({ length: 16 }, (_, index) => dayAt(index));
const range = fc
  .record({ from: fc.integer({ min: 1, max: 9 }), length: fc.option(fc.integer({ min: 1, max: 4 })) })
  .map(({ from, length }) => ({
    validFrom: dayAt(from),
    validTo: length === null ? null : dayAt(from + length),
  }));

test('two ranges overlap exactly when they share a day', () => {
  fc.assert(
    fc.property(range, range, (left, right) => {
      const shared = days.filter((day) => contains(left, day) && contains(right, day));
      assert.equal(overlaps(left, right), shared.length > 0);
    }),
  );
});
