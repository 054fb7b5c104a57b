import assert from 'node:assert/strict';
import { test } from 'node:test';
import { easterSunday, isTargetDay } from '../../src/shared/target-days.rules.ts';

/** Of the tables of the Astronomical Applications Department; the earliest and the latest date are among them. */
const easters = [
  '1818-03-22',
  '2008-03-23',
  '2019-04-21',
  '2024-03-31',
  '2025-04-20',
  '2026-04-05',
  '2027-03-28',
  '2038-04-25',
  '2049-04-18',
];
for (const easter of easters) {
  test(`Easter of ${easter.slice(0, 4)} is ${easter}`, () => {
    assert.equal(easterSunday(Number(easter.slice(0, 4))), easter);
  });
}

test('TARGET is closed on six holidays and at weekends, and open on the days beside them', () => {
  const closed = [
    '2026-01-01',
    '2026-04-03',
    '2026-04-06',
    '2026-05-01',
    '2026-12-25',
    '2026-12-26',
    '2026-04-04',
  ];
  const open = [
    '2026-01-02',
    '2026-04-02',
    '2026-04-07',
    '2026-05-04',
    '2026-12-24',
    '2026-12-28',
    '2026-12-31',
  ];
  for (const date of closed) assert.equal(isTargetDay(date), false, date);
  for (const date of open) assert.equal(isTargetDay(date), true, date);
  assert.throws(() => isTargetDay('soon'), RangeError);
});
