import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isBankDay, nextBankDay } from '../../src/shared/bank-days.rules.ts';
import { addDays } from '../../src/shared/calendar-date.rules.ts';
import { previousTransferDay } from '../../src/shared/transfer-days.rules.ts';

test('moves over weekends, holidays, their substitutes and the turn of the year', () => {
  const table = [
    ['2026-12-31', '2026-12-30', '2027-01-04'],
    ['2026-10-31', '2026-10-30', '2026-11-02'],
    ['2026-09-20', '2026-09-18', '2026-09-24'],
    ['2026-05-03', '2026-05-01', '2026-05-07'],
    ['2026-06-30', '2026-06-30', '2026-06-30'],
  ] as const;
  for (const [date, previous, next] of table) {
    assert.equal(previousTransferDay(date, 'JPY'), previous);
    assert.equal(nextBankDay(date), next);
  }
});

test('closes the banks from 31 December to 3 January and opens them on 30 December and 4 January', () => {
  // 2029-01-01 is a Monday and 2026-12-31 a Thursday, so that no weekend helps.
  const shut = ['2026-12-31', '2029-01-01', '2029-01-02', '2029-01-03'];
  assert.deepEqual(shut.filter(isBankDay), []);
  assert.deepEqual(['2026-12-30', '2029-01-04'].filter(isBankDay), ['2026-12-30', '2029-01-04']);
});

test('refuses dates beyond the known holidays instead of guessing', () => {
  for (const date of ['2051-01-05', '1969-12-30', 'tomorrow'])
    assert.throws(() => isBankDay(date), RangeError);
});

test('the nearest bank days enclose a date with nothing but closed days between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_000 }), (days) => {
      const date = addDays('2026-01-05', days);
      const [before, after] = [previousTransferDay(date, 'JPY'), nextBankDay(date)];
      assert.ok(isBankDay(before) && isBankDay(after) && before <= date && date <= after);
      for (let day = addDays(before, 1); day < after; day = addDays(day, 1)) assert.ok(!isBankDay(day), day);
      assert.equal(before === after, isBankDay(date));
    }),
    { numRuns: 500 },
  );
});
