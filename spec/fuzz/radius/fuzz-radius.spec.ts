import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fuzzRadius } from './fuzz-radius.ts';

describe('20,000 mutants of genuine RADIUS requests and replies', () => {
  it('are accepted only if they equal what was sent, without a leak', () => {
    const { taken, droppedFor, growthBytes } = fuzzRadius({ seed: 1, count: 20_000 });
    assert.ok(taken > 0, 'some came out as they were before');
    assert.deepEqual(Object.keys(droppedFor).sort(), [
      'attribute',
      'code',
      'identifier',
      'length',
      'message-authenticator-missing',
      'message-authenticator-repeated',
      'message-authenticator-wrong',
      'response-authenticator-wrong',
    ]);
    assert.ok(growthBytes < 2 ** 20, `grew by ${growthBytes} bytes`);
  });
});
