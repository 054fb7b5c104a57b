import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InterruptiblePause } from '../../batch/interruptible-pause.ts';

const HOUR_MS = 3_600_000;

describe('a pause that can end early', () => {
  it('ends when it is interrupted, every one that is under way', async () => {
    const pause = new InterruptiblePause();
    const pauses = [pause.wait(HOUR_MS), pause.wait(HOUR_MS)];
    pause.interrupt();
    assert.deepEqual(await Promise.all(pauses), [true, true]);
  });

  it('ends by itself when its time is over', async () => {
    assert.equal(await new InterruptiblePause().wait(1), false);
  });

  it('is not ended by an earlier interruption', async () => {
    const pause = new InterruptiblePause();
    pause.interrupt();
    assert.equal(await pause.wait(1), false);
    const next = pause.wait(HOUR_MS);
    pause.interrupt();
    assert.equal(await next, true);
  });
});
