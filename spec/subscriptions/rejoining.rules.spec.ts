import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBilledAlready } from '../../src/subscriptions/rejoining.rules.ts';

const charge = { month: '2026-05', outcome: 'charge', dueOn: '2026-05-20' } as const;
const free = { ...charge, outcome: 'free' } as const;
const first = { subscriptionId: 'first', isFreeAsLast: false, isRefunded: false };
const left = { ...first, isFreeAsLast: true };
const refunded = { ...first, isRefunded: true };

const billed = (had: typeof first | undefined, subscriptionId: string, due: typeof charge | typeof free) =>
  isBilledAlready(had, { subscriptionId, due });

describe('a month of an item', () => {
  test('that was never had is billed', () => assert.equal(billed(undefined, 'first', charge), false));
  test('that was had is not billed again', () => assert.equal(billed(first, 'first', charge), true));
  test('that was had is not billed to who left and joined again', () =>
    assert.equal(billed(first, 'second', charge), true));
  test('that was free as the last is charged to who comes back in it', () =>
    assert.equal(billed(left, 'second', charge), false));
  test('that was free as the last stays free for the subscription that left', () =>
    assert.equal(billed(left, 'first', charge), true));
  test('whose charge was refunded is charged to who comes back in it', () =>
    assert.equal(billed(refunded, 'second', charge), false));
  test('whose charge was refunded is not charged again to the subscription that continues', () =>
    assert.equal(billed(refunded, 'first', charge), true));
  test('that was free as the last is not given for free again', () =>
    assert.equal(billed(left, 'second', free), true));
});
