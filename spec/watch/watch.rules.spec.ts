import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  applyRules,
  NOTHING_SOLD,
  sumFigures,
  watchRuleNames,
  watchRules,
  type WatchFigures,
  type WatchRuleName,
} from '../../src/watch/watch.rules.ts';
import { watchSpan } from '../../src/watch/watch-span.rules.ts';

const sold = { ...NOTHING_SOLD, chargeCount: 1_000, chargedMinor: 500_000n, chargeCountBefore: 900 };

/** Each rule at its threshold, just below it, and with too few cases. */
const cases: readonly (readonly [WatchRuleName, string, Partial<WatchFigures>, boolean])[] = [
  ['refund-count', 'one charge in twenty', { refundCount: 50 }, true],
  ['refund-count', 'fewer', { refundCount: 49 }, false],
  ['refund-count', 'four of four', { chargeCount: 4, refundCount: 4 }, false],
  ['refund-amount', 'a tenth', { refundCount: 3, refundedMinor: 50_000n }, true],
  ['refund-amount', 'a yen less', { refundCount: 3, refundedMinor: 49_999n }, false],
  ['refund-amount', 'all of it, in two refunds', { refundCount: 2, refundedMinor: 500_000n }, false],
  ['complaints', 'three of a thousand', { caseCount: 3 }, true],
  ['complaints', 'three of more than a thousand', { caseCount: 3, chargeCount: 1_001 }, false],
  ['complaints', 'two of ten', { caseCount: 2, chargeCount: 10 }, false],
  ['complaints', 'three without a charge in the span', { caseCount: 3, chargeCount: 0 }, true],
  ['first-charge', 'half of six', { caseCount: 6, firstChargeCount: 3 }, true],
  ['first-charge', 'three of seven', { caseCount: 7, firstChargeCount: 3 }, false],
  ['first-charge', 'two of two', { caseCount: 2, firstChargeCount: 2 }, false],
  ['same-amount', 'nine lines of ten', { sameAmountLines: 90, countedLines: 100 }, true],
  ['same-amount', 'fewer', { sameAmountLines: 89, countedLines: 100 }, false],
  ['same-amount', 'all of 49', { sameAmountLines: 49, countedLines: 49 }, false],
  ['steep-rise', 'three times as many', { chargeCountBefore: 333 }, true],
  ['steep-rise', 'not quite', { chargeCountBefore: 334 }, false],
  ['steep-rise', 'from nothing', { chargeCountBefore: 0 }, true],
  ['steep-rise', 'from nothing to 99', { chargeCountBefore: 0, chargeCount: 99 }, false],
];

describe('a rule of the watch', () => {
  for (const [rule, what, figures, isFlagged] of cases)
    it(`${rule} ${isFlagged ? 'flags' : 'does not flag'} ${what}`, () => {
      const found = applyRules({ ...sold, ...figures }).find((finding) => finding.rule === rule);
      assert.equal(found?.isFlagged, isFlagged);
    });

  it('has a name of its own, in the order in which they are shown', () => {
    assert.deepEqual(
      watchRules.map(({ name }) => name),
      watchRuleNames,
    );
  });

  it('flags nobody who sold nothing', () => {
    assert.ok(applyRules(NOTHING_SOLD).every(({ isFlagged, perMille }) => !isFlagged && perMille === 0n));
  });
});

describe('the figures of a company', () => {
  it('are those of its services together; lines are not added up', () => {
    const sum = sumFigures([{ ...sold, sameAmountLines: 60, countedLines: 60 }, sold]);
    assert.equal(sum.chargeCount, 2_000);
    assert.equal(sum.chargedMinor, 1_000_000n);
    assert.equal(sum.countedLines, 0);
  });
});

describe('a span of the watch', () => {
  it('ends with its last day, and the one before is as long', () => {
    assert.deepEqual(watchSpan('2026-05-12', 30), {
      from: '2026-04-13',
      through: '2026-05-12',
      before: '2026-03-14',
    });
  });
});
