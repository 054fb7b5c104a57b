import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeMismatch } from './describe.ts';
import type { History } from './history.ts';
import { planHistory } from './plan/plan-history.ts';
import { findPreset, presets } from './presets.ts';
import { runHistory } from './run-history.ts';

interface Size {
  readonly days: number;
  readonly eventsPerDay: number;
  readonly lines?: number;
}

/** Small worlds: what a world of forty lines finds in a year, a few of twelve find in a few weeks, most of it. */
function draw(seed: number, preset: string, { lines = 12, ...size }: Size): History {
  return planHistory({ seed, preset: findPreset(preset, seed)!, ...size, companies: 4, lines });
}

/** What a night proves of itself takes as long as the night: here those of closing days do. */
const proves = (businessDate: string): boolean => Number(businessDate.slice(8)) % 5 === 0;

/** Through a settlement, and past the edge of each preset: the tax rise, the clocks that jump. */
const days = { tokyo: 37, 'tax-rise': 24, berlin: 14, santiago: 18 } as const;

describe('the service agrees with its shadow, night by night', { concurrency: true }, () => {
  for (const [seed, [preset, count]] of Object.entries(days).entries()) {
    // On a machine that is busy with other things, too.
    it(`in ${preset}, seed ${seed}`, { timeout: 1_200_000 }, async () => {
      const history = draw(seed, preset, { days: count, eventsPerDay: 5 });
      const mismatch = await runHistory(history, { proves });
      assert.equal(mismatch && describeMismatch(history, mismatch).join('\n'), undefined);
    });
  }

  it('with a test for each preset', () => {
    assert.deepEqual(
      presets.map(({ name }) => name),
      Object.keys(days),
    );
  });
});

describe('a history', () => {
  it('is the same for the same seed, and plain data', () => {
    const size = { days: 30, eventsPerDay: 5 };
    const history = draw(5, 'tokyo', size);
    assert.deepEqual(draw(5, 'tokyo', size), history);
    assert.deepEqual(JSON.parse(JSON.stringify(history)), history);
    assert.notDeepEqual(draw(9, 'tokyo', size).events, history.events);
  });
});
