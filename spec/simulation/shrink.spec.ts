import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { History, SimEvent } from './history.ts';
import type { Mismatch } from './run-history.ts';
import { shrink } from './shrink.ts';
import { event, world } from './small-world.ts';

/** Forty decisions about lines' limits; the world is wrong once two of them have been. */
const events = Array.from({ length: 40 }, (_, index) =>
  event(`2026-02-${String(1 + (index % 28)).padStart(2, '0')}T10:00`, 'limit-line', {
    line: `line ${index}`,
    limit: index,
  }),
);

function playWith(needed: readonly string[]) {
  let plays = 0;
  const play = (history: History): Promise<Mismatch | undefined> => {
    plays += 1;
    const seen = new Set<string>();
    for (const [index, one] of history.events.entries()) {
      const all: readonly SimEvent[] = one.kind === 'at-once' ? one.body.events : [one];
      for (const each of all) if (each.kind === 'limit-line') seen.add(each.body.line);
      if (!needed.every((line) => seen.has(line))) continue;
      const differences = [{ what: 'balance cash', expected: '0', found: '1' }];
      return Promise.resolve({ event: one, index, differences });
    }
    return Promise.resolve(undefined);
  };
  return { play, plays: () => plays };
}

describe('shrink', () => {
  it('leaves the events that part service and shadow, and none to spare', async () => {
    const { play, plays } = playWith(['line 7', 'line 31']);
    const history = { seed: 0, preset: 'tokyo', world, events };
    const mismatch = (await play(history))!;
    const found = await shrink({ history, mismatch, play, deadlineMs: Infinity });
    assert.deepEqual(
      found.history.events.map(({ body }) => (body as { line: string }).line),
      ['line 7', 'line 31'],
    );
    assert.ok(found.isMinimal);
    assert.ok(plays() < 60, `${plays()} plays`);
  });

  it('takes one of several that came at once in their place', async () => {
    const { play } = playWith(['line 1']);
    const at = events[0]!.at;
    const all: SimEvent = { at, kind: 'at-once', body: { events: events.slice(0, 3) } };
    const history = { seed: 0, preset: 'tokyo', world, events: [all, ...events.slice(3)] };
    const mismatch = (await play(history))!;
    const found = await shrink({ history, mismatch, play, deadlineMs: Infinity });
    assert.deepEqual(found.history.events, [{ ...events[1]!, at }]);
  });

  it('says so when time runs out before it is done', async () => {
    const { play } = playWith(['line 7', 'line 31']);
    const history = { seed: 0, preset: 'tokyo', world, events };
    const mismatch = (await play(history))!;
    const { isMinimal } = await shrink({ history, mismatch, play, deadlineMs: 0 });
    assert.equal(isMinimal, false);
  });
});
