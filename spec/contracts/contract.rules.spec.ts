import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findValidityFaults, overlap } from '../../src/contracts/contract.rules.ts';

const faultsOf = (validFrom: string, validTo: string | null) =>
  findValidityFaults({ validFrom, validTo }).map(({ pointer }) => pointer);

test('a contract holds for whole months and not for none', () => {
  assert.deepEqual(faultsOf('2026-05-01', null), []);
  assert.deepEqual(faultsOf('2026-05-01', '2026-06-01'), []);
  assert.deepEqual(faultsOf('2026-05-02', null), ['/validFrom']);
  assert.deepEqual(faultsOf('2026-05-01', '2026-05-31'), ['/validTo']);
  assert.deepEqual(faultsOf('2026-05-01', '2026-05-01'), ['/validTo']);
});

const month = (index: number): string => `2026-${String(index).padStart(2, '0')}-01`;
const validity = fc
  .record({ from: fc.integer({ min: 1, max: 9 }), months: fc.option(fc.integer({ min: 1, max: 3 })) })
  .map(({ from, months }) => ({
    validFrom: month(from),
    validTo: months === null ? null : month(from + months),
  }));

test('two validities overlap exactly when they share a month', () => {
  fc.assert(
    fc.property(validity, validity, (left, right) => {
      const covers = (one: typeof left, day: string) =>
        one.validFrom <= day && (one.validTo === null || day < one.validTo);
      const months = Array.from({ length: 12 }, (_, index) => month(index + 1));
      assert.equal(
        overlap(left, right),
        months.some((day) => covers(left, day) && covers(right, day)),
      );
    }),
  );
});
