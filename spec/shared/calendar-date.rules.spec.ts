import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  compare,
  dayOfMonth,
  isDate,
  isMonth,
  lastDayOfMonth,
} from '../../src/shared/calendar-date.rules.ts';

test('distinguishes dates that exist from those that do not', () => {
  for (const date of ['2026-05-31', '2028-02-29', '0001-01-01']) assert.ok(isDate(date), date);
  for (const text of [
    '2026-02-29',
    '2026-02-30',
    '2026-13-01',
    '2026-5-1',
    '2026-05-31T00:00',
    '',
    '2026-00-10',
  ]) {
    assert.ok(!isDate(text), text);
  }
  assert.ok(isMonth('2026-12') && !isMonth('2026-13') && !isMonth('2026-00') && !isMonth('2026-1'));
});

test('adds months across years in both directions and refuses invalid months', () => {
  assert.equal(addMonths('2026-12', 1), '2027-01');
  assert.equal(addMonths('2026-01', -1), '2025-12');
  assert.equal(addMonths('2026-05', -17), '2024-12');
  assert.throws(() => addMonths('2026-13', 1), RangeError);
});

test('takes day 29, 30 and 31 as the last day of a shorter month', () => {
  assert.equal(dayOfMonth('2026-02', 29), '2026-02-28');
  assert.equal(dayOfMonth('2028-02', 29), '2028-02-29');
  assert.equal(dayOfMonth('2026-04', 31), '2026-04-30');
  assert.equal(dayOfMonth('2026-05', 31), '2026-05-31');
  assert.equal(lastDayOfMonth('2100-02'), '2100-02-28');
  for (const day of [0, 32, 1.5]) assert.throws(() => dayOfMonth('2026-05', day), RangeError);
});

test('adding and subtracting gives the same date or month, and they sort as text', () => {
  fc.assert(
    fc.property(fc.integer({ min: -9_000, max: 9_000 }), (step) => {
      assert.equal(addDays(addDays('2026-05-31', step), -step), '2026-05-31');
      assert.equal(addMonths(addMonths('2026-05', step), -step), '2026-05');
      assert.equal(compare(addDays('2026-05-31', step), '2026-05-31'), Math.sign(step));
    }),
  );
});
