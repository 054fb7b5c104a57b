import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tariffPresets } from '../../config/tariffs.ts';
import {
  countWith,
  figuresOf,
  settleInTurn,
  type CountedRefund,
  type UnsettledMonth,
} from '../../src/refund-effects/company-effect.rules.ts';
import { taxRates } from '../../config/tax-rates.ts';
import { NEVER_SETTLED, type MonthSums } from '../../src/settlements/settle-month.rules.ts';
import type { SettlementTerms } from '../../src/settlements/settlement.rules.ts';

const sold: MonthSums = { billedMinor: 80_000n, refundedMinor: 0n, lineCount: 100, itemCount: 100 };
const nothing: MonthSums = { billedMinor: 0n, refundedMinor: 0n, lineCount: 0, itemCount: 0 };
const ofEarlierMonth = { endsItem: false, endsLine: false };
const { code, validFrom, definition } = tariffPresets.find((preset) => preset.code === 'flets-2011')!;
const terms: SettlementTerms = {
  contractId: 3,
  legalModel: 'agency',
  settlementBasis: 'billed',
  feeTaxable: true,
  setUpFeeMinor: 0n,
  minimumPayoutMinor: 0n,
  transferFeeMinor: 0n,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous',
  tariff: { code, validFrom, definition },
};
const settling = { companyId: 7, taxRates, currency: 'JPY' } as const;
const month = (sums: MonthSums, over?: Partial<UnsettledMonth>) => ({
  period: '2026-05',
  sums,
  clawbacks: { clawbackMinor: 0n, recoveryMinor: 0n },
  terms,
  ...over,
});

describe('the counts of a month with a refund (domain.md §1)', () => {
  const cases: readonly [
    what: string,
    before: MonthSums,
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
      { ...sold, billedMinor: 52_000n },
      { amountMinor: 10_000n, ...ofEarlierMonth },
      [42_000n, 100],
      3_000n,
    ],
    [
      'with nothing sold there is no fee',
      nothing,
      { amountMinor: 10_000n, ...ofEarlierMonth },
      [-10_000n, 0],
      0n,
    ],
  ];
  for (const [what, before, refund, [totalMinor, lineCount], feeExTaxMinor] of cases) {
    test(what, () => {
      const after = figuresOf(settling, { ...month(countWith(before, refund)), terms }, NEVER_SETTLED);
      assert.deepEqual(
        [after.totalMinor, after.lineCount, after.feeExTaxMinor, after.feeTaxMinor],
        [totalMinor, lineCount, feeExTaxMinor, feeExTaxMinor / 10n],
      );
      assert.equal(after.netMinor, totalMinor - feeExTaxMinor - feeExTaxMinor / 10n);
    });
  }

  test('a fee that is not taxed has no tax', () => {
    const untaxed = { ...terms, legalModel: 'assignment', feeTaxable: false } as const;
    assert.equal(figuresOf(settling, { ...month(sold), terms: untaxed }, NEVER_SETTLED).netMinor, 76_000n);
  });
});

describe('the months that are not settled yet', () => {
  const withSetUp = { ...terms, setUpFeeMinor: 100_000n };

  test('carry into the next, and bill the set-up fee once', () => {
    const earlier = [month(sold, { period: '2026-04', terms: withSetUp })];
    const taken = settleInTurn(settling, earlier, NEVER_SETTLED);
    assert.equal(taken.carriedOutMinor, 80_000n - 4_400n - 110_000n);
    const { carriedInMinor, setUpExTaxMinor } = figuresOf(
      settling,
      { ...month(sold), terms: withSetUp },
      taken,
    );
    assert.deepEqual([carriedInMinor, setUpExTaxMinor], [-34_400n, 0n]);
  });

  test('in which nothing happened are not settled: their set-up fee is due later', () => {
    const taken = settleInTurn(settling, [month(nothing, { terms: withSetUp })], NEVER_SETTLED);
    assert.deepEqual(taken, NEVER_SETTLED);
    const empty = figuresOf(settling, { ...month(nothing), terms: withSetUp }, taken);
    assert.deepEqual([empty.setUpExTaxMinor, empty.netMinor], [0n, 0n]);
    const refunded = { ...nothing, refundedMinor: 1n };
    const after = figuresOf(settling, { ...month(refunded), terms: withSetUp }, taken);
    assert.deepEqual([after.setUpExTaxMinor, after.netMinor], [100_000n, -110_001n]);
  });

  test('without a contract are passed over', () => {
    const taken = { carriedOutMinor: -5n, setUpBilled: new Set<number>() };
    assert.deepEqual(settleInTurn(settling, [month(sold, { terms: undefined })], taken), taken);
  });
});
