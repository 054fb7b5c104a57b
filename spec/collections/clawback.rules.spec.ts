import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { allocateUncollected } from '../../src/collections/allocation.rules.ts';
import { listClawbackSteps } from '../../src/collections/clawback.rules.ts';

/** A charge of 300 whose uncollected share and refunds change; returns the steps posted, clawbacks above zero. */
function follow(moves: readonly (readonly [uncollected: bigint, refunded: bigint])[]): bigint[] {
  let clawedBackMinor = 0n;
  return moves.map(([uncollectedMinor, refundedMinor]) => {
    const charge = { chargeId: 'c', uncollectedMinor, capturedMinor: 300n, refundedMinor, clawedBackMinor };
    const [step] = listClawbackSteps([charge]);
    const signed = !step ? 0n : step.kind === 'clawback' ? step.amountMinor : -step.amountMinor;
    clawedBackMinor += signed;
    return signed;
  });
}

describe('what a charge costs its company', () => {
  for (const [name, moves, expected] of [
    [
      'uncollected, then collected',
      [
        [300n, 0n],
        [0n, 0n],
      ],
      [300n, -300n],
    ],
    ['refunded by 100 before it is uncollected', [[300n, 100n]], [200n]],
    [
      'of which 300 are collected later',
      [
        [300n, 100n],
        [0n, 100n],
      ],
      [200n, -200n],
    ],
    [
      'of which only 200 are collected later',
      [
        [300n, 100n],
        [100n, 100n],
      ],
      [200n, -100n],
    ],
    [
      'refunded in full: it has cost its company enough',
      [
        [300n, 300n],
        [0n, 300n],
      ],
      [0n, 0n],
    ],
    [
      'taken back by the bank',
      [
        [0n, 0n],
        [300n, 0n],
        [0n, 0n],
      ],
      [0n, 300n, -300n],
    ],
    [
      'refunded after a part was clawed back',
      [
        [100n, 0n],
        [100n, 200n],
        [300n, 200n],
        [0n, 200n],
      ],
      [100n, 0n, 0n, -100n],
    ],
  ] as const) {
    it(name, () => {
      assert.deepEqual(follow(moves), expected);
    });
  }

  it('is recovered to the yen over three companies, with a step of one yen against the direction at most', () => {
    const items = [300n, 500n, 203n].map((amountMinor, index) => ({
      companyId: index + 1,
      chargeId: `c${index + 1}`,
      isRefund: false,
      amountMinor,
    }));
    const amounts = fc.array(fc.bigInt({ min: 0n, max: 1_003n }), { maxLength: 6 });
    fc.assert(
      fc.property(amounts, (uncollected) => {
        const clawed = new Map(items.map(({ chargeId }) => [chargeId, 0n]));
        let before = 0n;
        for (const amount of [...uncollected, 0n]) {
          const shares = new Map(allocateUncollected(amount, items).flatMap(({ charges }) => [...charges]));
          const exposures = items.map(({ chargeId, amountMinor }) => ({
            chargeId,
            uncollectedMinor: shares.get(chargeId) ?? 0n,
            capturedMinor: amountMinor,
            refundedMinor: 0n,
            clawedBackMinor: clawed.get(chargeId) ?? 0n,
          }));
          for (const { chargeId, kind, amountMinor } of listClawbackSteps(exposures)) {
            const signed = kind === 'clawback' ? amountMinor : -amountMinor;
            if (signed > 0n !== amount > before) assert.equal(amountMinor, 1n);
            clawed.set(chargeId, (clawed.get(chargeId) ?? 0n) + signed);
          }
          assert.equal(
            [...clawed.values()].reduce((sum, value) => sum + value, 0n),
            amount,
          );
          before = amount;
        }
        assert.deepEqual(new Set(clawed.values()), new Set([0n]));
      }),
    );
  });
});
