import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Problem } from '../../src/shared/problem.ts';
import { createMicroBatcher } from '../../src/shared/micro-batcher.ts';

const bounds = { batchSize: 3, maxConcurrentBatches: 2, minConcurrentBatch: 1, maxQueued: 10 };

/** Work that doubles numbers and continues when the test says so. */
function heldWork() {
  const batches: { items: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const work = (items: readonly number[]) =>
    new Promise<PromiseSettledResult<number>[]>((resolve, reject) => {
      const end = () => resolve(items.map((item) => ({ status: 'fulfilled', value: item * 2 })));
      batches.push({ items, end, fail: reject });
    });
  return { batches, work };
}

describe('micro-batcher', () => {
  it('runs the items of one turn as one batch, and returns each its own outcome', async () => {
    const { batches, work } = heldWork();
    const double = createMicroBatcher(work, bounds);
    const outcomes = Promise.all([1, 2, 3].map(double));
    await turn();
    assert.deepEqual(
      batches.map(({ items }) => items),
      [[1, 2, 3]],
    );
    batches[0]?.end();
    assert.deepEqual(await outcomes, [2, 4, 6]);
  });

  it('respects the bounds, and takes queued items in their order', async () => {
    const { batches, work } = heldWork();
    const double = createMicroBatcher(work, bounds);
    const outcomes = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(double));
    await turn();
    const items = () => batches.map((batch) => batch.items);
    assert.deepEqual(items(), [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    batches[1]?.end();
    await turn();
    await turn();
    assert.deepEqual(items().slice(2), [[7, 8]]);
    for (const batch of batches) batch.end();
    assert.deepEqual(await outcomes, [2, 4, 6, 8, 10, 12, 14, 16]);
  });

  it('starts at once when no batch is running, and beside another batch when enough items are queued', async () => {
    const { batches, work } = heldWork();
    const double = createMicroBatcher(work, { ...bounds, minConcurrentBatch: 2 });
    const items = () => batches.map((batch) => batch.items);
    const outcomes = [double(1)];
    await turn();
    outcomes.push(double(2));
    await turn();
    assert.deepEqual(items(), [[1]]);
    outcomes.push(double(3));
    await turn();
    assert.deepEqual(items(), [[1], [2, 3]]);
    outcomes.push(double(4));
    for (const batch of batches) batch.end();
    await turn();
    await turn();
    assert.deepEqual(items().at(-1), [4]);
    batches.at(-1)?.end();
    assert.deepEqual(await Promise.all(outcomes), [2, 4, 6, 8]);
  });

  it('refuses items when the queue is full, and accepts more afterwards', async () => {
    const { batches, work } = heldWork();
    const double = createMicroBatcher(work, {
      ...bounds,
      batchSize: 1,
      maxConcurrentBatches: 1,
      maxQueued: 2,
    });
    const first = double(1);
    await turn();
    const waiting = [double(2), double(3)];
    await assert.rejects(double(4), (error) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual([error.code, error.facts], ['service-unavailable', { retry_after_seconds: 1 }]);
      return true;
    });
    for (let index = 0; index < 3; index += 1) {
      batches[index]?.end();
      await turn();
      await turn();
    }
    assert.deepEqual(await Promise.all([first, ...waiting]), [2, 4, 6]);
  });

  it('fails the items of a batch that fails, and no others', async () => {
    const { batches, work } = heldWork();
    const double = createMicroBatcher(work, bounds);
    const outcomes = Promise.allSettled([1, 2, 3, 4].map(double));
    await turn();
    batches[0]?.fail(new Error('cut off'));
    batches[1]?.end();
    assert.deepEqual(
      (await outcomes).map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : outcome.reason.message,
      ),
      ['cut off', 'cut off', 'cut off', 8],
    );
  });

  it('rejects an item that the work left without an outcome', async () => {
    const lost = createMicroBatcher<number, number>(() => Promise.resolve([]), bounds);
    await assert.rejects(lost(1), /without an outcome/);
  });
});
