import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  MAX_AMOUNT_MINOR,
  amountFromNumber,
  formatMoney,
  isChargeable,
  parseAmount,
  sumMinor,
} from '../../src/shared/money.ts';

test('writes money as each language does', () => {
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

test('takes whole positive amounts up to ten digits from JSON and refuses the rest', () => {
  assert.equal(amountFromNumber(1), 1n);
  assert.equal(amountFromNumber(9_999_999_999), MAX_AMOUNT_MINOR);
  for (const value of [0, -1, 0.5, 10_000_000_000, Number.NaN, Infinity, 2 ** 60]) {
    assert.throws(() => amountFromNumber(value), RangeError, String(value));
  }
  assert.ok(!isChargeable(0n) && !isChargeable(-1n) && !isChargeable(MAX_AMOUNT_MINOR + 1n));
});

test('reads plain digits from a file and nothing else', () => {
  assert.equal(parseAmount('1500'), 1_500n);
  for (const text of ['', '0', '007', '-5', '+5', '1,500', '1.0', '1e3', ' 5', '５', '10000000000', '0x10']) {
    assert.equal(parseAmount(text), undefined, text);
  }
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: MAX_AMOUNT_MINOR }), (amount) => {
      assert.equal(parseAmount(String(amount)), amount);
    }),
  );
});

test('sums amounts, and nothing to zero', () => {
  assert.equal(sumMinor([]), 0n);
  assert.equal(sumMinor([5n, -7n, 3n]), 1n);
});
