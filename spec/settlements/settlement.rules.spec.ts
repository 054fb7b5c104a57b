import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { tariffPresets } from '../../config/tariffs.ts';
import { taxRates } from '../../config/tax-rates.ts';
import {
  determineSettlement,
  type SettlementInput,
  type SettlementTerms,
} from '../../src/settlements/settlement.rules.ts';

const flets2011 = tariffPresets.find(({ code }) => code === 'flets-2011')!;
const agency: SettlementTerms = {
  contractId: 1,
  legalModel: 'agency',
  settlementBasis: 'billed',
  feeTaxable: true,
  setUpFeeMinor: 0n,
  minimumPayoutMinor: 0n,
  transferFeeMinor: 0n,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous',
  tariff: flets2011,
};
const assignment: SettlementTerms = { ...agency, legalModel: 'assignment', feeTaxable: false };

interface Month {
  readonly billed?: bigint;
  readonly refunded?: bigint;
  readonly lines?: number;
  readonly terms?: Partial<SettlementTerms>;
  readonly over?: Partial<SettlementInput>;
}

const settle = ({ billed = 80_000n, refunded = 0n, lines = 100, terms = {}, over = {} }: Month = {}) =>
  determineSettlement({
    companyId: 1,
    period: '2026-05',
    billed: { billedMinor: billed, lineCount: lines, itemCount: lines },
    refundedMinor: refunded,
    clawbackMinor: 0n,
    recoveryMinor: 0n,
    carriedInMinor: 0n,
    setUpDue: true,
    terms: { ...agency, ...terms },
    taxRates,
    currency: 'JPY',
    ...over,
  });

test('counts refunds as the worked table does', () => {
  const table = [
    // One line's only charge of 800 refunded in its own period: it leaves T and N.
    { month: { refunded: 800n, lines: 99 }, fee: 3_960n, carried: 0n },
    // 10,000 of last month's charges refunded: T alone.
    { month: { refunded: 10_000n }, fee: 3_500n, carried: 0n },
    { month: { billed: 52_000n, refunded: 10_000n }, fee: 3_000n, carried: 0n },
    { month: { billed: 0n, refunded: 10_000n, lines: 0 }, fee: 0n, carried: -10_000n },
  ];
  for (const { month, fee, carried } of table) {
    const { feeExTaxMinor, feeTaxMinor, carriedOutMinor } = settle(month);
    assert.deepEqual([feeExTaxMinor, feeTaxMinor, carriedOutMinor], [fee, fee / 10n, carried]);
  }
});

test('bills the set-up fee once, whatever was sold, with a tax of its own that is rounded by itself', () => {
  const terms = { setUpFeeMinor: 50_005n };
  const first = settle({ terms });
  assert.deepEqual([first.feeExTaxMinor, first.feeTaxMinor], [4_000n, 400n]);
  assert.deepEqual([first.setUpExTaxMinor, first.setUpTaxMinor], [50_005n, 5_000n]);
  assert.equal(first.payoutMinor, 80_000n - 4_400n - 55_005n);
  const nothingSold = settle({ billed: 0n, refunded: 100n, lines: 0, terms });
  assert.deepEqual([nothingSold.feeExTaxMinor, nothingSold.carriedOutMinor], [0n, -55_105n]);
  const later = settle({ terms, over: { setUpDue: false } });
  assert.deepEqual([later.setUpExTaxMinor, later.setUpTaxMinor, later.payoutMinor], [0n, 0n, 75_600n]);
});

test('an assignment pays no tax on its fee unless it is agreed, and always on the set-up fee', () => {
  const exempt = settle({ terms: { ...assignment, setUpFeeMinor: 1_000n } });
  assert.deepEqual([exempt.feeExTaxMinor, exempt.feeTaxMinor, exempt.setUpTaxMinor], [4_000n, 0n, 100n]);
  assert.deepEqual(
    [exempt.legalModel, exempt.feeTaxable, exempt.feeTaxRateBps],
    ['assignment', false, 1_000],
  );
  const agreed = settle({ terms: { ...assignment, feeTaxable: true } });
  assert.deepEqual([agreed.feeTaxMinor, agreed.payoutMinor], [400n, 75_600n]);
});

test('the figures add up, whatever the month and the contract', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
  const anyMonth = fc.record({
    billed: fc.bigInt({ min: 1n, max: 10n ** 9n }),
    refunded: amount,
    lines: fc.integer({ min: 1, max: 1_000 }),
    terms: fc.record({
      feeTaxable: fc.boolean(),
      setUpFeeMinor: amount,
      minimumPayoutMinor: amount,
      transferFeeMinor: fc.bigInt({ min: 0n, max: 1_000n }),
    }),
    over: fc.record({
      clawbackMinor: amount,
      recoveryMinor: amount,
      carriedInMinor: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
      setUpDue: fc.boolean(),
    }),
  });
  fc.assert(
    fc.property(anyMonth, (month) => {
      const s = settle(month);
      const charged =
        s.feeExTaxMinor + s.feeTaxMinor + s.setUpExTaxMinor + s.setUpTaxMinor + s.transferFeeMinor;
      const net =
        s.billedMinor - s.refundedMinor - charged - s.clawbackMinor + s.recoveryMinor + s.carriedInMinor;
      assert.equal(net, s.payoutMinor + s.carriedOutMinor);
      assert.equal(s.setUpExTaxMinor, month.over.setUpDue ? month.terms.setUpFeeMinor : 0n);
      if (!s.feeTaxable) assert.equal(s.feeTaxMinor, 0n);
    }),
  );
});

test('a settlement is made by the present rules, and one of an earlier version can be made again by its own', () => {
  // Two months after May, on day 20: Marine Day, which closes the banks of Japan alone.
  const terms = { payoutDay: 20 };
  const payoutIn = (currency: 'JPY' | 'EUR', ruleVersion?: number) => {
    const figures = settle({ terms, over: { currency, ruleVersion } });
    return [figures.ruleVersion, figures.payoutOn];
  };
  assert.deepEqual(payoutIn('JPY'), [3, '2026-07-17']);
  assert.deepEqual(payoutIn('EUR'), [3, '2026-07-20']);
  assert.deepEqual(payoutIn('EUR', 2), [2, '2026-07-17']);
});
