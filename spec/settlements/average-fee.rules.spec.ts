import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  breakEvenAverage,
  feeOfAverage,
  minimumAbovePercent,
} from '../../src/settlements/average-fee.rules.ts';
import { calculateFee } from '../../src/settlements/fee.rules.ts';
import type { TariffDefinition } from '../../src/tariffs/tariff.rules.ts';

const tariff: TariffDefinition = {
  monthlyBaseMinor: 0,
  percentBps: 500,
  perLineMinimumMinor: 40,
  bands: [],
};

describe('the fee of an average price', () => {
  it('is that of settlements, with the percentage that it comes to', () => {
    const { totalMinor, fee, shareBps } = feeOfAverage(tariff, { averageMinor: 500n, lineCount: 100 });
    assert.equal(totalMinor, 50_000n);
    assert.deepEqual(fee, calculateFee(tariff, { totalMinor, lineCount: 100, itemCount: 100 }));
    assert.equal(fee.branch, 'minimum');
    assert.equal(fee.feeExTaxMinor, 4_000n);
    assert.equal(shareBps, 800);
    assert.equal(feeOfAverage(tariff, { averageMinor: 0n, lineCount: 1 }).shareBps, undefined);
  });

  it('has a limit below which the minimum sets it, also where the limit is no whole yen', () => {
    for (const definition of [
      tariff,
      { ...tariff, percentBps: 700 },
      { ...tariff, perLineMinimumMinor: 41 },
    ]) {
      const even = breakEvenAverage(definition)!;
      assert.equal(feeOfAverage(definition, { averageMinor: even, lineCount: 3 }).fee.branch, 'percent');
      assert.equal(feeOfAverage(definition, { averageMinor: even - 1n, lineCount: 3 }).fee.branch, 'minimum');
    }
    assert.equal(breakEvenAverage({ ...tariff, percentBps: 0 }), undefined);
    assert.equal(breakEvenAverage({ ...tariff, perLineMinimumMinor: 0 }), undefined);
  });

  it('says by how much the minimum is above the percentage, and nothing where it is not', () => {
    assert.equal(minimumAbovePercent(tariff, { totalMinor: 50_000n, lineCount: 100 }), 1_500n);
    assert.equal(minimumAbovePercent(tariff, { totalMinor: 80_000n, lineCount: 100 }), 0n);
    assert.equal(minimumAbovePercent(tariff, { totalMinor: -5n, lineCount: 1 }), 40n);
  });
});
