import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tariffPresets } from '../../config/tariffs.ts';
import {
  countWith,
  figuresOf,
  type CountedRefund,
  type MonthCounts,
} from '../../src/refund-effects/company-effect.rules.ts';

const sold: MonthCounts = { totalMinor: 80_000n, lineCount: 100, itemCount: 100 };
const ofEarlierMonth = { endsItem: false, endsLine: false };
const tariff = tariffPresets.find(({ code }) => code === 'flets-2011')!.definition;

describe('the counts of a month with a refund (domain.md §1)', () => {
  const cases: readonly [
    what: string,
    before: MonthCounts,
    refund: CountedRefund,
    after: [bigint, number],
    fee: bigint,
  ][] = [
    [
      'one line’s only charge refunded whole in its month was never billed',
      sold,
      { amountMinor: 800n, endsItem: true, endsLine: true },
      [79_200n, 99],
      3_960n,
    ],
    [
      'a part of a charge leaves its line',
      sold,
      { amountMinor: 799n, ...ofEarlierMonth },
      [79_201n, 100],
      3_960n,
    ],
    [
      'a whole charge of a line with another leaves the line',
      sold,
      { amountMinor: 800n, endsItem: true, endsLine: false },
      [79_200n, 100],
      3_960n,
    ],
    [
      'an earlier month’s lowers the total alone',
      sold,
      { amountMinor: 10_000n, ...ofEarlierMonth },
      [70_000n, 100],
      3_500n,
    ],
    [
      'down to the minimum per line',
      { ...sold, totalMinor: 52_000n },
      { amountMinor: 10_000n, ...ofEarlierMonth },
      [42_000n, 100],
      3_000n,
    ],
    [
      'with nothing sold there is no fee',
      { totalMinor: 0n, lineCount: 0, itemCount: 0 },
      { amountMinor: 10_000n, ...ofEarlierMonth },
      [-10_000n, 0],
      0n,
    ],
  ];
  for (const [what, before, refund, [totalMinor, lineCount], feeExTaxMinor] of cases) {
    test(what, () => {
      const after = figuresOf(countWith(before, refund), { tariff, feeTaxable: true, taxRateBps: 1_000 });
      assert.deepEqual(
        [after.totalMinor, after.lineCount, after.feeExTaxMinor, after.feeTaxMinor],
        [totalMinor, lineCount, feeExTaxMinor, feeExTaxMinor / 10n],
      );
      assert.equal(after.netMinor, totalMinor - feeExTaxMinor - feeExTaxMinor / 10n);
    });
  }

  test('a fee that is not taxed has no tax', () => {
    assert.equal(figuresOf(sold, { tariff, feeTaxable: false, taxRateBps: 1_000 }).netMinor, 76_000n);
  });
});
