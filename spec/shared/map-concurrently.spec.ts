import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { mapConcurrently } from '../../src/shared/map-concurrently.ts';

let taken = 0;
async function* takeItems(count: number): AsyncGenerator<number> {
  for (taken = 1; taken <= count; taken += 1) yield await Promise.resolve(taken);
}

/** Work that the test ends. */
function heldWork() {
  const held: PromiseWithResolvers<string>[] = [];
  const hold = (item: number) => (held[item] ??= Promise.withResolvers<string>());
  return {
    work: (item: number) => hold(item).promise,
    end: (item: number) => hold(item).resolve(`did ${item}`),
    fail: (item: number) => hold(item).reject(new Error(`${item} failed`)),
  };
}

const turns = async () => {
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
};

test('starts items up to the limit, and no more until one has ended', async () => {
  const { work, end } = heldWork();
  const outcomes = mapConcurrently(takeItems(5), 2, work);
  const first = outcomes.next();
  await turns();
  assert.equal(taken, 2);
  end(2);
  assert.deepEqual((await first).value, ['did 2']);
  const rest = Array.fromAsync(outcomes);
  await turns();
  assert.equal(taken, 3);
  for (const item of [3, 1, 4, 5]) end(item);
  assert.deepEqual((await rest).flat().toSorted(), ['did 1', 'did 3', 'did 4', 'did 5']);
});

test('yields nothing for an empty stream', async () => {
  assert.deepEqual(await Array.fromAsync(mapConcurrently(takeItems(0), 3, heldWork().work)), []);
});

test('fails with the item that failed, once the others have ended', async () => {
  const { work, end, fail } = heldWork();
  const outcomes = Array.fromAsync(mapConcurrently(takeItems(3), 3, work));
  let ended = false;
  const checked = assert.rejects(outcomes, /2 failed/).then(() => (ended = true));
  await turns();
  fail(2);
  await turns();
  assert.equal(ended, false);
  end(1);
  end(3);
  await checked;
});

async function* breakOff() {
  yield 1;
  throw await Promise.resolve(new Error('no more items'));
}

test('fails with its stream, once the started items have ended', async () => {
  const { work, end } = heldWork();
  const outcomes = Array.fromAsync(mapConcurrently(breakOff(), 3, work));
  end(1);
  await assert.rejects(outcomes, /no more items/);
});

test('ends an early exit once nothing is running', async () => {
  const { work, end } = heldWork();
  const outcomes = mapConcurrently(takeItems(2), 2, work);
  end(1);
  await outcomes.next();
  let left = false;
  const leaving = outcomes.return(undefined).then(() => (left = true));
  await turns();
  assert.equal(left, false);
  end(2);
  await leaving;
});
