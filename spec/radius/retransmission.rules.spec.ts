import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  calculateShareMs,
  calculateWaitMs,
  defaultRetransmission,
} from '../../src/radius/retransmission.rules.ts';

function waits(random: () => number, count: number): number[] {
  const found: number[] = [];
  while (found.length < count) {
    found.push(calculateWaitMs(defaultRetransmission, { previousMs: found.at(-1), random }));
  }
  return found;
}

/** To a thousandth of a millisecond: waits are floating point. */
function isWithin(ms: number, lowestMs: number, highestMs: number): boolean {
  return ms > lowestMs - 0.001 && ms < highestMs + 0.001;
}

describe('waits between retransmissions', () => {
  it('begin at 2 s, double, and stay at 16 s', () => {
    assert.deepEqual(
      waits(() => 0.5, 6),
      [2_000, 4_000, 8_000, 16_000, 16_000, 16_000],
    );
  });

  it('lie within 10% of what they should be, on both sides', () => {
    assert.deepEqual(
      waits(() => 0, 1),
      [1_800],
    );
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })), (stream) => {
        const random = (): number => stream.next().value;
        const found = waits(random, 8);
        const [first = 0, ...later] = found;
        assert(isWithin(first, 1_800, 2_200));
        for (const [index, waitMs] of later.entries()) {
          const previousMs = found[index] ?? 0;
          const isDoubled = isWithin(waitMs, previousMs * 1.9, previousMs * 2.1) && waitMs <= 16_000;
          assert(isDoubled || isWithin(waitMs, 14_400, 17_600));
        }
      }),
    );
  });

  it('divide the time so that the last server is asked', () => {
    assert.deepEqual(
      [calculateShareMs(30_000, 3), calculateShareMs(20_000, 2), calculateShareMs(10_000, 1)],
      [10_000, 10_000, 10_000],
    );
    assert.equal(calculateShareMs(-1, 2), 0);
  });
});
