import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { killService } from './kill-service.ts';

describe('the service, killed with SIGKILL repeatedly while it charges', () => {
  it('loses no acknowledged charge and doubles none, and the next night bills all of them', async () => {
    const { orders, unanswered, brokenInvariants } = await killService({ kills: 5, seed: 1 });
    assert.ok(orders > 50 && unanswered > 0, 'requests were under way when it was killed');
    assert.deepEqual(brokenInvariants, []);
  });
});
