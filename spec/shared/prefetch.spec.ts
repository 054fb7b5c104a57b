import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { prefetch } from '../../src/shared/prefetch.ts';

/** Items that record when they were requested and whether the consumer has stopped. */
function watchedItems(count: number, failAt?: number) {
  const watch = { begun: 0, ended: false };
  async function* make(): AsyncGenerator<number> {
    try {
      for (let item = 1; item <= count; item += 1) {
        watch.begun = item;
        await turn();
        if (item === failAt) throw new Error(`item ${item}`);
        yield item;
      }
    } finally {
      watch.ended = true;
    }
  }
  return { watch, items: make() };
}

describe('prefetch', () => {
  it('yields the same items, each requested while the one before is in use, and no more', async () => {
    const { watch, items } = watchedItems(4);
    const seen: [number, number][] = [];
    for await (const item of prefetch(items)) {
      for (let turns = 0; turns < 5; turns += 1) await turn();
      seen.push([item, watch.begun]);
    }
    assert.deepEqual(seen, [
      [1, 2],
      [2, 3],
      [3, 4],
      [4, 4],
    ]);
  });

  it('throws an error after the items before it', async () => {
    const { items } = watchedItems(3, 2);
    const seen: number[] = [];
    const read = async () => {
      for await (const item of prefetch(items)) seen.push(item);
    };
    await assert.rejects(read, { message: 'item 2' });
    assert.deepEqual(seen, [1]);
  });

  it('waits for the pending item when its consumer stops or fails, and ends the stream', async () => {
    const { watch, items } = watchedItems(3);
    for await (const item of prefetch(items)) if (item === 1) break;
    assert.deepEqual(watch, { begun: 2, ended: true });
  });

  it('ignores the error of an item that is never consumed', async () => {
    const { watch, items } = watchedItems(3, 2);
    const use = async () => {
      for await (const item of prefetch(items)) throw new Error(`using ${item}`);
    };
    await assert.rejects(use, { message: 'using 1' });
    assert.equal(watch.ended, true);
  });
});
