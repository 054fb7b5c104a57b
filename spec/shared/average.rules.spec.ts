import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { formatPercent, groupDecimal, writeAverage } from '../../src/shared/average.rules.ts';

it('an average is floored to two decimals, below zero too', () => {
  for (const [total, count, average] of [
    [60_000n, 100, '600.00'],
    [200n, 3, '66.66'],
    [5n, 100, '0.05'],
    [-200n, 3, '-66.67'],
    [-1n, 1_000, '-0.01'],
    [0n, 0, '0.00'],
  ] as const) {
    assert.equal(writeAverage(total, count), average);
  }
});

it('an average is never above the exact one, and less than a hundredth below it', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 12n), 10n ** 12n),
      fc.integer({ min: 1, max: 1_000_000 }),
      (total, count) => {
        const hundredths = BigInt(writeAverage(total, count).replace('.', ''));
        const short = total * 100n - hundredths * BigInt(count);
        return short >= 0n && short < BigInt(count);
      },
    ),
  );
});

it('thousands of a decimal are separated, its fraction is unchanged', () => {
  for (const [decimal, grouped] of [
    ['0.05', '0.05'],
    ['999', '999'],
    ['1234.5678', '1,234.5678'],
    ['-1234567.00', '-1,234,567.00'],
  ] as const) {
    assert.equal(groupDecimal(decimal), grouped);
  }
});

it('basis points are formatted as percent without needless decimals', () => {
  assert.deepEqual([1000, 800, 625, 1].map(formatPercent), ['10%', '8%', '6.25%', '0.01%']);
});
