import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatMoney, sumMinor } from '../../src/shared/money.ts';

test('formats money in each language', () => {
  assert.equal(formatMoney(1_234n, 'JPY', 'ja'), '1,234円');
  assert.equal(formatMoney(1_234n, 'JPY', 'en'), '¥1,234');
  assert.equal(formatMoney(0n, 'JPY', 'ja'), '0円');
  assert.equal(formatMoney(-75_600n, 'JPY', 'ja'), '-75,600円');
  assert.equal(formatMoney(-75_600n, 'JPY', 'en'), '-¥75,600');
  assert.equal(formatMoney(123_405n, 'EUR', 'en'), '€1,234.05');
  assert.equal(formatMoney(-5n, 'EUR', 'en'), '-€0.05');
  assert.equal(formatMoney(1_250n, 'EUR', 'ja'), '12.50ユーロ');
});

test('writes amounts beyond the precision of a float exactly', () => {
  assert.equal(formatMoney(9_007_199_254_740_993n, 'JPY', 'en'), '¥9,007,199,254,740,993');
});

test('sums amounts, and nothing to zero', () => {
  assert.equal(sumMinor([]), 0n);
  assert.equal(sumMinor([5n, -7n, 3n]), 1n);
});
