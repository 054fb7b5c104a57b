import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { interleave } from './interleave.ts';

const ordersOf = (...lengths: number[]) => [...interleave(lengths)].map((order) => order.join(''));

describe('the orders in which steps may come', () => {
  it('are all of them, each once, with whole things one after the other first', () => {
    assert.deepEqual(ordersOf(1, 1), ['01', '10']);
    assert.deepEqual(ordersOf(2, 1), ['001', '100', '010']);
    const orders = ordersOf(3, 2, 1);
    assert.equal(new Set(orders).size, 60);
    assert.equal(orders.length, 60);
    assert.deepEqual(orders.slice(0, 2), ['000112', '000211']);
  });

  it('of one thing are one', () => {
    assert.deepEqual(ordersOf(4), ['0000']);
  });
});
