import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeEvents, describeMismatch } from './describe.ts';
import type { History } from './history.ts';
import { planHistory } from './plan/plan-history.ts';
import { findPreset, presets } from './presets.ts';
import { nightsOf, runHistory } from './run-history.ts';
import type { Faults } from './shadow/state.ts';
import { shrink } from './shrink.ts';

const SHRINK_MS = 180_000;

interface Size {
  readonly days: number;
  readonly eventsPerDay: number;
  readonly lines?: number;
}

/** Small worlds: what a world of forty lines finds in a year, a few of eighteen find in a few weeks, most of it. */
function draw(seed: number, preset: string, { lines = 18, ...size }: Size): History {
  return planHistory({ seed, preset: findPreset(preset, seed)!, ...size, companies: 4, lines });
}

/** Not every short history comes across every mistake. */
const SEEDS_TRIED = 6;

/** Plays histories against a wrong shadow until one of them shows the mistake. */
async function meetFault(seed: number, size: Size, faults: Faults) {
  const play = (candidate: History) => runHistory(candidate, { faults });
  for (let tried = 0; tried < SEEDS_TRIED; tried += 1) {
    const history = draw(seed + tried, 'tokyo', size);
    const mismatch = await play(history);
    if (mismatch) return { history, mismatch, play };
  }
  throw new Error('the mistake was not found');
}

/** The smallest history that shows the mistake. */
async function findFault(seed: number, size: Size, faults: Faults) {
  const met = await meetFault(seed, size, faults);
  return shrink({ ...met, deadlineMs: performance.now() + SHRINK_MS });
}

/** Through a settlement, and past the edge of each preset: the tax rise, the clocks that jump. */
const days = { tokyo: 27, 'tax-rise': 37, berlin: 20, santiago: 24 } as const;

describe('the service agrees with its shadow, night by night', { concurrency: true }, () => {
  for (const [seed, [preset, count]] of Object.entries(days).entries()) {
    it(`in ${preset}, seed ${seed}`, async () => {
      const history = draw(seed, preset, { days: count, eventsPerDay: 5 });
      const mismatch = await runHistory(history);
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

describe('a mistake in the shadow is found and cut down', () => {
  it('a fee that is one yen off takes a sale and the night that settles it', async () => {
    const size = { days: 7, eventsPerDay: 3 };
    const { history: smallest, mismatch, isMinimal } = await findFault(11, size, { feeOffBy: 1 });
    assert.ok(isMinimal);
    assert.match(mismatch.differences.map(({ what }) => what).join(), /^settlement /);
    const { events } = smallest;
    const endsAtNight = nightsOf(events.at(-1)!).length > 0;
    assert.ok(events.length <= 4 && endsAtNight, describeEvents(smallest).join('\n'));
  });

  it('a limit that leaves reservations out takes a reservation and what it should have kept out', async () => {
    // Few lines, so that one of them soon comes to its limit.
    const size = { days: 3, eventsPerDay: 12, lines: 3 };
    const { history: smallest, isMinimal } = await findFault(13, size, { forgetsReserved: true });
    assert.ok(isMinimal);
    const kinds = new Set(smallest.events.map(({ kind }) => kind));
    assert.ok(
      kinds.has('authorize-charge') && smallest.events.length <= 10,
      describeEvents(smallest).join('\n'),
    );
  });

  it('free months that are granted again are found when a subscriber rejoins', async () => {
    const size = { days: 14, eventsPerDay: 6, lines: 3 };
    const { mismatch } = await meetFault(21, size, { givesFreeMonthsAgain: true });
    assert.match(JSON.stringify(mismatch.differences), /(?:first|last) month free|\bmonth /);
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
