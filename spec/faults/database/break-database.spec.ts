import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { breakDatabase } from './break-database.ts';

describe('a database that is killed, disconnected, read-only, hanging and full, under load', () => {
  it('makes the service answer as documented, and nothing is lost or doubled', async () => {
    const { orders, putOff, brokenInvariants } = await breakDatabase({ times: 1, seed: 1 });
    assert.ok(orders > 300 && putOff > 40);
    assert.deepEqual(brokenInvariants, []);
  });
});
