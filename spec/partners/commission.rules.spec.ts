import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import fc from 'fast-check';
import {
  calculateCommission,
  type CommissionTerms,
  type PartnerSums,
} from '../../src/partners/commission.rules.ts';

const nothing: PartnerSums = {
  billedMinor: 0n,
  refundedMinor: 0n,
  clawbackMinor: 0n,
  recoveryMinor: 0n,
  itemCount: 0,
};
const percent = (percentBps: number): CommissionTerms => ({ basis: 'percent', percentBps });
const tiers: CommissionTerms = {
  basis: 'tiers',
  tiers: [
    { aboveMinor: 0, percentBps: 100 },
    { aboveMinor: 10_000, percentBps: 200 },
    { aboveMinor: 50_000, percentBps: 300 },
  ],
};

interface Case {
  readonly name: string;
  readonly terms: CommissionTerms;
  readonly sums: Partial<PartnerSums>;
  readonly carried?: bigint;
  readonly rate?: number;
  /** Of the month; paid before tax; tax; carried on. */
  readonly expected: readonly [bigint, bigint, bigint, bigint];
}

const cases: readonly Case[] = [
  {
    name: '80,000 sold, 10,000 refunded, 3%, registered (domain.md section 14)',
    terms: percent(300),
    sums: { billedMinor: 80_000n, refundedMinor: 10_000n },
    expected: [2_100n, 2_100n, 210n, 0n],
  },
  {
    name: 'the same for one that is not registered',
    terms: percent(300),
    sums: { billedMinor: 80_000n, refundedMinor: 10_000n },
    rate: 0,
    expected: [2_100n, 2_100n, 0n, 0n],
  },
  {
    name: 'one floor, on the sum: three sales of 33 at 3% are 2.97',
    terms: percent(300),
    sums: { billedMinor: 99n, itemCount: 3 },
    expected: [2n, 2n, 0n, 0n],
  },
  {
    name: 'clawbacks lower the base and recoveries raise it',
    terms: percent(1_000),
    sums: { billedMinor: 1_000n, clawbackMinor: 300n, recoveryMinor: 50n },
    expected: [75n, 75n, 7n, 0n],
  },
  {
    name: 'more came back than was sold: negative, towards zero, and carried',
    terms: percent(300),
    sums: { billedMinor: 100n, refundedMinor: 1_099n },
    expected: [-29n, 0n, 0n, -29n],
  },
  {
    name: 'a carried balance is made up first, and what is left is taxed',
    terms: percent(1_000),
    sums: { billedMinor: 1_000n },
    carried: -29n,
    expected: [100n, 71n, 7n, 0n],
  },
  {
    name: 'a balance that is not made up is carried on',
    terms: percent(1_000),
    sums: { billedMinor: 100n },
    carried: -29n,
    expected: [10n, 0n, 0n, -19n],
  },
  {
    name: 'flat: so much for each item that is left',
    terms: { basis: 'flat', perItemMinor: 15 },
    sums: { billedMinor: 80_000n, refundedMinor: 10_000n, itemCount: 97 },
    expected: [1_455n, 1_455n, 145n, 0n],
  },
  {
    name: 'flat: items of earlier months that came back',
    terms: { basis: 'flat', perItemMinor: 15 },
    sums: { refundedMinor: 800n, itemCount: -1 },
    expected: [-15n, 0n, 0n, -15n],
  },
  {
    name: 'tiers: in the first',
    terms: tiers,
    sums: { billedMinor: 10_000n },
    expected: [100n, 100n, 10n, 0n],
  },
  {
    name: 'tiers: each part at its own rate',
    terms: tiers,
    sums: { billedMinor: 70_000n },
    expected: [1_500n, 1_500n, 150n, 0n],
  },
  {
    name: 'tiers: below zero the first counts',
    terms: tiers,
    sums: { refundedMinor: 70_000n },
    expected: [-700n, 0n, 0n, -700n],
  },
  {
    name: 'tiers: one floor over all of them',
    terms: tiers,
    sums: { billedMinor: 10_049n },
    expected: [100n, 100n, 10n, 0n],
  },
  {
    name: 'no commission any more',
    terms: { basis: 'none' },
    sums: { billedMinor: 1_000n },
    expected: [0n, 0n, 0n, 0n],
  },
];

describe('the commission of a partner', () => {
  for (const { name, terms, sums, carried = 0n, rate = 1_000, expected } of cases) {
    it(name, () => {
      const figures = calculateCommission({
        terms,
        sums: { ...nothing, ...sums },
        carriedInMinor: carried,
        taxRateBps: rate,
      });
      const { earnedMinor, exTaxMinor, taxMinor, carriedOutMinor } = figures;
      assert.deepEqual([earnedMinor, exTaxMinor, taxMinor, carriedOutMinor], expected);
    });
  }

  test('refuses a positive carry and signed sums', () => {
    const input = { terms: percent(300), sums: nothing, carriedInMinor: 0n, taxRateBps: 0 };
    assert.throws(() => calculateCommission({ ...input, carriedInMinor: 1n }), RangeError);
    const signed = { ...nothing, refundedMinor: -1n };
    assert.throws(() => calculateCommission({ ...input, sums: signed }), RangeError);
  });

  test('whatever is sold and comes back, nothing is lost and nobody owes both ways', () => {
    const amounts = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const anySums = fc.record({
      billedMinor: amounts,
      refundedMinor: amounts,
      clawbackMinor: amounts,
      recoveryMinor: amounts,
      itemCount: fc.integer({ min: -1_000, max: 1_000 }),
    });
    const anyTerms = fc.constantFrom<CommissionTerms>(
      percent(333),
      { basis: 'flat', perItemMinor: 7 },
      tiers,
    );
    const anyCarry = fc.bigInt({ min: -(10n ** 9n), max: 0n });
    fc.assert(
      fc.property(anySums, anyTerms, anyCarry, (sums, terms, carriedInMinor) => {
        const figures = calculateCommission({ terms, sums, carriedInMinor, taxRateBps: 1_000 });
        assert.equal(figures.earnedMinor + carriedInMinor, figures.exTaxMinor + figures.carriedOutMinor);
        assert.ok(figures.exTaxMinor >= 0n && figures.carriedOutMinor <= 0n);
        assert.ok(figures.exTaxMinor === 0n || figures.carriedOutMinor === 0n);
        assert.equal(figures.taxMinor, figures.exTaxMinor / 10n);
      }),
    );
  });

  test('a sale and its return in the next month cancel, to the yen', () => {
    const anyAmount = fc.bigInt({ min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(anyAmount, fc.integer({ min: 0, max: 10_000 }), (amount, bps) => {
        const input = { terms: percent(bps), carriedInMinor: 0n, taxRateBps: 0 };
        const sold = calculateCommission({ ...input, sums: { ...nothing, billedMinor: amount } });
        const back = calculateCommission({ ...input, sums: { ...nothing, refundedMinor: amount } });
        assert.equal(sold.earnedMinor + back.earnedMinor, 0n);
      }),
    );
  });
});
