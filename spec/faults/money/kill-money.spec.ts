import assert from 'node:assert/strict';
import { it } from 'node:test';
import { killMoney } from './kill-money.ts';

it('results, refunds by bank, approvals and payouts, killed with SIGKILL and run again, come to the same', async () => {
  const { kills, brokenInvariants } = await killMoney({ kills: 8, seed: 1, lines: 24 });
  assert.ok(kills >= 8);
  assert.deepEqual(brokenInvariants, []);
});
