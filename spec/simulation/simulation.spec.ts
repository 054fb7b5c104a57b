import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeEvents, describeMismatch } from './describe.ts';
import type { History } from './history.ts';
import { planHistory } from './plan/plan-history.ts';
import { findPreset, presets } from './presets.ts';
import { runHistory } from './run-history.ts';
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

/** Plays a history beside a wrong shadow, and returns the smallest one that shows the mistake. */
async function findFault(history: History, faults: Faults) {
  const play = (candidate: History) => runHistory(candidate, { faults });
  const mismatch = await play(history);
  assert.ok(mismatch, 'the mistake was not found');
  return shrink({ history, mismatch, play, deadlineMs: performance.now() + SHRINK_MS });
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
    const history = draw(11, 'tokyo', { days: 7, eventsPerDay: 3 });
    const { history: smallest, mismatch, isMinimal } = await findFault(history, { feeOffBy: 1 });
    assert.ok(isMinimal);
    assert.match(mismatch.differences.map(({ what }) => what).join(), /^settlement /);
    const kinds = smallest.events.map(({ kind }) => kind);
    assert.ok(kinds.length <= 4 && kinds.at(-1) === 'night', describeEvents(smallest).join('\n'));
  });

  it('a limit that leaves reservations out takes a reservation and what it should have kept out', async () => {
    const history = draw(21, 'tokyo', { days: 5, eventsPerDay: 9, lines: 6 });
    const { history: smallest, isMinimal } = await findFault(history, { forgetsReserved: true });
    assert.ok(isMinimal);
    const kinds = new Set(smallest.events.map(({ kind }) => kind));
    assert.ok(
      kinds.has('authorize-charge') && smallest.events.length <= 8,
      describeEvents(smallest).join('\n'),
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
