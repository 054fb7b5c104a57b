import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { taxRates } from '../../config/tax-rates.ts';
import { includedTax, taxOn, taxRateBps } from '../../src/shared/tax.rules.ts';

const rates = fc.constantFrom(300, 500, 800, 1_000);
const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n });

test('takes the rate in force on the supply date, from its first day', () => {
  const table = [
    ['1989-04-01', 300],
    ['1997-03-31', 300],
    ['1997-04-01', 500],
    ['2014-03-31', 500],
    ['2014-04-01', 800],
    ['2019-09-30', 800],
    ['2019-10-01', 1_000],
    ['2026-05-31', 1_000],
  ] as const;
  for (const [date, rateBps] of table) assert.equal(taxRateBps('standard', date, taxRates), rateBps, date);
  assert.equal(taxRateBps('reduced', '2019-10-01', taxRates), 800);
});

test('refuses a supply date without a rate instead of taxing it at zero', () => {
  assert.throws(() => taxRateBps('standard', '1989-03-31', taxRates), RangeError);
  assert.throws(() => taxRateBps('reduced', '2019-09-30', taxRates), RangeError);
});

test('finds the rate whatever the order of the table', () => {
  const table = [
    { code: 'standard', validFrom: '2019-10-01', rateBps: 1_000 },
    { code: 'standard', validFrom: '2014-04-01', rateBps: 800 },
  ] as const;
  assert.equal(taxRateBps('standard', '2020-01-01', table), 1_000);
});

test('rounds once per invoice and rate: three items of 105 contain 28, not three times 9', () => {
  assert.equal(includedTax(315n, 1_000), 28n);
  assert.equal(3n * includedTax(105n, 1_000), 27n);
  assert.equal(includedTax(108n, 800), 8n);
  assert.equal(includedTax(107n, 800), 7n);
  assert.equal(includedTax(0n, 1_000), 0n);
});

test('drops the fraction of the tax on a fee', () => {
  assert.equal(taxOn(4_000n, 1_000), 400n);
  assert.equal(taxOn(3_999n, 1_000), 399n);
  // ¥30 a line with the tax of 2011, 2014 and 2019, per 10 lines: 31.5, 32.4 and 33.
  assert.deepEqual(
    [500, 800, 1_000].map((rate) => 300n + taxOn(300n, rate)),
    [315n, 324n, 330n],
  );
});

test('a return mirrors the invoice it returns', () => {
  assert.equal(includedTax(-315n, 1_000), -28n);
  assert.equal(taxOn(-3_999n, 1_000), -399n);
  fc.assert(
    fc.property(amounts, rates, (total, rate) => {
      assert.equal(includedTax(-total, rate), -includedTax(total, rate));
      assert.equal(taxOn(-total, rate), -taxOn(total, rate));
    }),
  );
});

test('the included tax is the floor of total × rate / (1 + rate)', () => {
  fc.assert(
    fc.property(amounts, rates, (total, rate) => {
      const [product, divisor] = [total * BigInt(rate), 10_000n + BigInt(rate)];
      const tax = includedTax(total, rate);
      assert.ok(tax * divisor <= product && product < (tax + 1n) * divisor);
    }),
  );
});

test('refuses an invalid rate', () => {
  for (const rate of [-1, 0.1, 10_001, Number.NaN]) assert.throws(() => includedTax(100n, rate), RangeError);
});
