import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLargeChange, listOutliers, type LookedAt } from '../../src/rehearsals/rehearsal-outliers.rules.ts';

const usual: LookedAt = {
  totalMinor: 100_000n,
  carriedOutMinor: 0n,
  feeBranch: 'percent',
  before: { totalMinor: 100_000n, feeBranch: 'percent' },
  hasBilled: true,
};

describe('what is out of the ordinary in a rehearsal', () => {
  for (const { name, over, expected } of [
    { name: 'the same as ever', over: {}, expected: [] },
    { name: 'exactly 30% more', over: { totalMinor: 130_000n }, expected: [] },
    { name: 'more than 30% more', over: { totalMinor: 130_001n }, expected: ['change'] },
    { name: 'more than 30% less', over: { totalMinor: 69_999n }, expected: ['change'] },
    { name: 'nothing any more', over: { totalMinor: 0n }, expected: ['change'] },
    { name: 'a first sale', over: { before: undefined, hasBilled: false }, expected: ['first-sale'] },
    { name: 'back after a pause', over: { before: undefined }, expected: [] },
    { name: 'another branch of the fee', over: { feeBranch: 'minimum' }, expected: ['fee-branch'] },
    {
      name: 'a branch of a month without a fee',
      over: { feeBranch: 'minimum', totalMinor: 0n, before: { totalMinor: 500n, feeBranch: 'percent' } },
      expected: [],
    },
    { name: 'a negative total', over: { totalMinor: -1n }, expected: ['change', 'negative'] },
    { name: 'a negative balance', over: { carriedOutMinor: -1n }, expected: ['negative'] },
  ] as readonly { name: string; over: Partial<LookedAt>; expected: string[] }[]) {
    it(name, () => assert.deepEqual(listOutliers({ ...usual, ...over }), expected));
  }

  it('a small amount is no large change, however many percent', () => {
    assert.equal(isLargeChange(10_100n, 100n), false);
    assert.equal(isLargeChange(10_101n, 100n), true);
  });
});
