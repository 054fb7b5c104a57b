import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Beat } from '../../batch/beat.ts';

const HOUR_MS = 3_600_000;

describe('a pause that can end early', () => {
  it('ends with a strike, every one that is under way', async () => {
    const beat = new Beat();
    const pauses = [beat.pause(HOUR_MS), beat.pause(HOUR_MS)];
    beat.strike();
    assert.deepEqual(await Promise.all(pauses), [true, true]);
  });

  it('ends by itself when its time is over', async () => {
    assert.equal(await new Beat().pause(1), false);
  });

  it('is not ended by a strike of before', async () => {
    const beat = new Beat();
    beat.strike();
    assert.equal(await beat.pause(1), false);
    const next = beat.pause(HOUR_MS);
    beat.strike();
    assert.equal(await next, true);
  });
});
