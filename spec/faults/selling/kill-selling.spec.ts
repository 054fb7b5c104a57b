import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { killSelling } from './kill-selling.ts';

describe('nights and service, both killed with SIGKILL at random while the service sells', () => {
  it('lose no acknowledged charge and bill each once; the next night finishes and the month is settled', async () => {
    const { killed, orders, brokenInvariants } = await killSelling({ kills: 2, seed: 1, days: 1 });
    assert.ok(killed.nights === 2 && killed.services >= 2 && orders > 50);
    assert.deepEqual(brokenInvariants, []);
  });
});
