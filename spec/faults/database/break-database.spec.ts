import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakDatabase } from './break-database.ts';

describe('a database that is killed, cut off, read-only, hanging and full, under load', () => {
  it('makes the service put its clients off as documented, and loses and doubles nothing', async () => {
    const { orders, putOff, brokenInvariants } = await breakDatabase({ times: 1, seed: 1 });
    assert.ok(orders > 300 && putOff > 40);
    assert.deepEqual(brokenInvariants, []);
  });
});
