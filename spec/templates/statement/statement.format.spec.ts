import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatAmount,
  formatAverage,
  formatCount,
  formatRange,
  formatTax,
  formatYen,
  maskAccount,
} from '../../../templates/statement/statement.format.ts';

test('separates thousands and shows the sign of an amount', () => {
  const amounts = [0n, 999n, 1_000n, 12_345_678_901_234n, -4_400n].map(formatAmount);
  assert.deepEqual(amounts, ['0', '999', '1,000', '12,345,678,901,234', '−4,400']);
  assert.equal(formatYen(-4_400n), '−¥4,400');
  assert.equal(formatCount(1_234_567), '1,234,567');
});

test('floors the average per line to two decimals', () => {
  assert.equal(formatAverage(80_000n, 100), '¥800.00');
  assert.equal(formatAverage(200n, 3), '¥66.66');
  assert.equal(formatAverage(59_999n, 100), '¥599.99');
  assert.equal(formatAverage(5n, 100), '¥0.05');
  assert.equal(formatAverage(123_456_789n, 10), '¥12,345,678.90');
});

test('floors a negative average away from zero and has none without lines', () => {
  assert.equal(formatAverage(-200n, 3), '−¥66.67');
  assert.equal(formatAverage(-1n, 1_000), '−¥0.01');
  assert.equal(formatAverage(0n, 0), '–');
});

test('writes a range of days as its readers expect it', () => {
  assert.equal(formatRange('2026-05-01', '2026-06-25', 'ja'), '2026年5月1日～2026年6月25日');
  assert.equal(formatRange('2026-05-01', '2026-06-25', 'en'), '1 May 2026 – 25 June 2026');
  assert.equal(formatRange('2026-06-05', '2026-06-05', 'ja'), '2026年6月5日');
});

test('distinguishes the reduced eight per cent from the standard eight per cent', () => {
  assert.equal(formatTax({ taxCode: 'standard', taxRateBps: 800 }), '8%');
  assert.equal(formatTax({ taxCode: 'reduced', taxRateBps: 800 }), '8% ※');
  assert.equal(formatTax({ taxCode: 'standard', taxRateBps: 625 }), '6.25%');
});

test('hides all of an account number but its last three digits', () => {
  assert.equal(maskAccount('1234567'), '****567');
  assert.equal(maskAccount('12'), '12');
});
