import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tariffPresets } from '../../config/tariffs.ts';
import { calculateFee, type FeeBranch } from '../../src/settlements/fee.rules.ts';
import type { TariffDefinition } from '../../src/tariffs/tariff.rules.ts';
import { taxOn } from '../../src/shared/tax.rules.ts';

function preset(code: string): TariffDefinition {
  const found = tariffPresets.find((tariff) => tariff.code === code);
  assert.ok(found, code);
  return found.definition;
}

const flets2011 = preset('flets-2011');
const flets2012 = preset('flets-2012');
const bill = (totalMinor: bigint, lineCount: number, itemCount = lineCount) => ({
  totalMinor,
  lineCount,
  itemCount,
});
const totals = fc.bigInt({ min: 1n, max: 10n ** 12n });
const lineCounts = fc.integer({ min: 1, max: 1_000_000 });
const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right);

test('charges the published fees of 2011 and 2012', () => {
  const table: [bigint, string, bigint, FeeBranch, bigint, FeeBranch][] = [
    [50_000n, '500.00', 3_000n, 'minimum', 3_000n, 'minimum'],
    [60_000n, '600.00', 3_000n, 'percent', 3_000n, 'percent'],
    [80_000n, '800.00', 4_000n, 'percent', 4_000n, 'percent'],
    [100_000n, '1000.00', 5_000n, 'percent', 4_500n, 'band'],
    [200_000n, '2000.00', 10_000n, 'percent', 6_000n, 'band'],
  ];
  for (const [total, average, fee2011, branch2011, fee2012, branch2012] of table) {
    const [old, current] = [flets2011, flets2012].map((tariff) => calculateFee(tariff, bill(total, 100)));
    assert.equal(old?.feeExTaxMinor, fee2011);
    assert.equal(old.branch, branch2011);
    assert.equal(old.averageFloor2, average);
    assert.equal(current?.feeExTaxMinor, fee2012);
    assert.equal(current.branch, branch2012);
    assert.equal(fee2011 + taxOn(fee2011, 1_000), (fee2011 * 11n) / 10n);
  }
});

test('changes branch exactly at the average, a single yen to either side', () => {
  const table: [bigint, bigint, FeeBranch][] = [
    [59_999n, 3_000n, 'minimum'],
    [60_000n, 3_000n, 'percent'],
    [60_001n, 3_000n, 'percent'],
    [90_000n, 4_500n, 'percent'],
    [90_001n, 4_500n, 'band'],
    [150_000n, 4_500n, 'band'],
    [150_033n, 4_500n, 'band'],
    [150_034n, 4_501n, 'band'],
  ];
  for (const [total, fee, branch] of table) {
    const actual = calculateFee(flets2012, bill(total, 100));
    assert.deepEqual([actual.feeExTaxMinor, actual.branch], [fee, branch], String(total));
  }
});

test('bills one line with one charge', () => {
  assert.equal(calculateFee(flets2011, bill(1n, 1)).feeExTaxMinor, 30n);
  assert.equal(calculateFee(flets2011, bill(619n, 1)).feeExTaxMinor, 30n);
  assert.equal(calculateFee(flets2011, bill(620n, 1)).feeExTaxMinor, 31n);
});

test('keeps the components exact and floors the sum once', () => {
  const fee = calculateFee(flets2011, bill(79_999n, 100));
  assert.deepEqual(fee.components, {
    base: '0',
    items: '0',
    minimum: '3000',
    percent: '3999.95',
  });
  assert.equal(fee.feeExTaxMinor, 3_999n);
  assert.equal(calculateFee(flets2012, bill(150_034n, 100)).components.band, '4501.02');
});

test('counts items down the volume step of the 2002 tariff', () => {
  const item2002 = preset('item-2002');
  const table = [
    [1, 150n],
    [4_999, 749_850n],
    [5_000, 750_000n],
    [5_001, 750_085n],
    [6_000, 835_000n],
  ] as const;
  for (const [items, expected] of table) {
    const fee = calculateFee(item2002, bill(5_000_000n, 1_000, items));
    assert.deepEqual([fee.feeExTaxMinor, fee.branch], [expected, 'band'], String(items));
  }
});

test('adds the base of the 2004 tariff to its percentage', () => {
  const fee = calculateFee(preset('west-2004'), bill(80_000n, 100));
  assert.deepEqual([fee.feeExTaxMinor, fee.branch], [12_200n, 'percent']);
});

test('has the set-up fee of an older tariff in the fee of an older settlement alone', () => {
  const tariff = { ...flets2011, setUpMinor: 20_000 };
  assert.equal(calculateFee(tariff, { ...bill(80_000n, 100), setUpInFee: true }).feeExTaxMinor, 24_000n);
  assert.equal(calculateFee(tariff, bill(80_000n, 100)).feeExTaxMinor, 4_000n);
});

test('charges nothing where nothing is left billed, the base included', () => {
  for (const { code, definition } of tariffPresets) {
    for (const total of [0n, -500n]) {
      const fee = calculateFee(definition, { ...bill(total, 3), setUpInFee: true });
      assert.deepEqual([fee.feeExTaxMinor, fee.branch], [0n, 'minimum'], code);
    }
  }
  assert.equal(calculateFee(flets2011, bill(0n, 0)).averageFloor2, '0.00');
});

test('floors the average to two decimals, below zero too', () => {
  const table = [
    [100n, 3, '33.33'],
    [2n, 3, '0.66'],
    [59_999n, 100, '599.99'],
    [-100n, 3, '-33.34'],
    [-1n, 200, '-0.01'],
  ] as const;
  for (const [total, lines, average] of table) {
    assert.equal(calculateFee(flets2011, bill(total, lines)).averageFloor2, average);
  }
});

test('refuses impossible counts', () => {
  assert.throws(() => calculateFee(flets2011, bill(100n, 0)), RangeError);
  for (const count of [-1, 1.5, Number.NaN])
    assert.throws(() => calculateFee(flets2011, bill(100n, count)), RangeError);
});

test('equals the closed formulas of 2011 and 2012 for any total and number of lines', () => {
  fc.assert(
    fc.property(totals, lineCounts, (total, lineCount) => {
      const lines = BigInt(lineCount);
      // In hundredths: 0.05·T is 5·T, 30·N is 3000·N.
      const formula2011 = larger(5n * total, 3_000n * lines);
      const formula2012 = larger(3_000n * lines, smaller(5n * total, larger(4_500n * lines, 3n * total)));
      assert.equal(calculateFee(flets2011, bill(total, lineCount)).feeExTaxMinor, formula2011 / 100n);
      assert.equal(calculateFee(flets2012, bill(total, lineCount)).feeExTaxMinor, formula2012 / 100n);
    }),
    { numRuns: 1_000 },
  );
});

test('names the branch by the average alone', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 200_000n }),
      fc.integer({ min: 1, max: 120 }),
      (total, lineCount) => {
        const lines = BigInt(lineCount);
        const below600 = total < 600n * lines;
        const above900 = total > 900n * lines;
        const expected2011 = below600 ? 'minimum' : 'percent';
        const expected2012 = above900 ? 'band' : expected2011;
        assert.equal(calculateFee(flets2011, bill(total, lineCount)).branch, expected2011);
        assert.equal(calculateFee(flets2012, bill(total, lineCount)).branch, expected2012);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('the 2012 fee has no jump: one yen more never adds more than one yen, and never takes any off', () => {
  // Around every bound as well as anywhere, so that a break could not hide.
  const offsets = fc.bigInt({ min: -3n, max: 3n });
  const averages = fc.oneof(fc.constantFrom(600n, 900n, 1_500n), fc.bigInt({ min: 1n, max: 3_000n }));
  fc.assert(
    fc.property(averages, lineCounts, offsets, (average, lineCount, offset) => {
      const total = larger(1n, average * BigInt(lineCount) + offset);
      const [fee, next] = [total, total + 1n].map(
        (sum) => calculateFee(flets2012, bill(sum, lineCount)).feeExTaxMinor,
      );
      assert.ok(fee !== undefined && next !== undefined && next >= fee && next - fee <= 1n);
    }),
    { numRuns: 1_000 },
  );
});

test('every preset grows with the total, and with the lines', () => {
  const tariffs = fc.constantFrom(...tariffPresets.map(({ definition }) => definition));
  fc.assert(
    fc.property(
      tariffs,
      totals,
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      lineCounts,
      (tariff, total, more, lineCount) => {
        const fee = calculateFee(tariff, bill(total, lineCount)).feeExTaxMinor;
        assert.ok(calculateFee(tariff, bill(total + more, lineCount)).feeExTaxMinor >= fee);
        assert.ok(calculateFee(tariff, bill(total, lineCount + 1)).feeExTaxMinor >= fee);
      },
    ),
    { numRuns: 500 },
  );
});
