import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { calculatePayout, payoutDate } from '../../src/settlements/payout.rules.ts';

const sums = {
  billedTotalMinor: 0n,
  refundsMinor: 0n,
  feeExTaxMinor: 0n,
  feeTaxMinor: 0n,
  carriedInMinor: 0n,
};
const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });

test('pays 80,000 less the fee of 4,400 incl. tax: 75,600', () => {
  const payout = calculatePayout({
    ...sums,
    billedTotalMinor: 80_000n,
    feeExTaxMinor: 4_000n,
    feeTaxMinor: 400n,
  });
  assert.deepEqual(payout, { payoutMinor: 75_600n, carriedOutMinor: 0n });
});

test('carries a negative balance and takes it off the next month', () => {
  const refundsOnly = calculatePayout({ ...sums, refundsMinor: 1_200n });
  assert.deepEqual(refundsOnly, { payoutMinor: 0n, carriedOutMinor: -1_200n });
  const next = calculatePayout({
    ...sums,
    billedTotalMinor: 1_000n,
    carriedInMinor: refundsOnly.carriedOutMinor,
  });
  assert.deepEqual(next, { payoutMinor: 0n, carriedOutMinor: -200n });
  const last = calculatePayout({ ...sums, billedTotalMinor: 1_000n, carriedInMinor: next.carriedOutMinor });
  assert.deepEqual(last, { payoutMinor: 800n, carriedOutMinor: 0n });
});

test('pays out a single yen and carries a single yen', () => {
  const paid = calculatePayout({ ...sums, billedTotalMinor: 1n });
  assert.deepEqual(paid, { payoutMinor: 1n, carriedOutMinor: 0n });
  const carried = calculatePayout({ ...sums, billedTotalMinor: 1n, refundsMinor: 2n });
  assert.deepEqual(carried, { payoutMinor: 0n, carriedOutMinor: -1n });
});

test('a net of exactly zero pays and carries nothing', () => {
  const payout = calculatePayout({ ...sums, billedTotalMinor: 500n, refundsMinor: 500n });
  assert.deepEqual(payout, { payoutMinor: 0n, carriedOutMinor: 0n });
});

test('payout and carried balance are always the net, and never both', () => {
  const anySums = fc.record({
    billedTotalMinor: amounts,
    refundsMinor: amounts,
    feeExTaxMinor: amounts,
    feeTaxMinor: amounts,
    carriedInMinor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(anySums, (month) => {
      const { payoutMinor, carriedOutMinor } = calculatePayout(month);
      const outgoing = month.refundsMinor + month.feeExTaxMinor + month.feeTaxMinor;
      assert.equal(payoutMinor + carriedOutMinor, month.billedTotalMinor - outgoing + month.carriedInMinor);
      assert.ok(payoutMinor >= 0n && carriedOutMinor <= 0n && payoutMinor * carriedOutMinor === 0n);
    }),
  );
});

test('refuses sums with a sign', () => {
  assert.throws(() => calculatePayout({ ...sums, refundsMinor: -1n }), RangeError);
});

test('pays on the contract day, moved to the bank day it names', () => {
  const table = [
    ['2026-10', 2, 31, '2026-12-30', '2027-01-04'],
    ['2026-08', 2, 31, '2026-10-30', '2026-11-02'],
    ['2026-07', 2, 20, '2026-09-18', '2026-09-24'],
    ['2026-03', 2, 3, '2026-05-01', '2026-05-07'],
    ['2026-12', 2, 31, '2027-02-26', '2027-03-01'],
    ['2026-05', 1, 30, '2026-06-30', '2026-06-30'],
  ] as const;
  for (const [period, months, day, previous, next] of table) {
    assert.equal(payoutDate({ period, months, day, bankDay: 'previous' }), previous);
    assert.equal(payoutDate({ period, months, day, bankDay: 'next' }), next);
  }
});
