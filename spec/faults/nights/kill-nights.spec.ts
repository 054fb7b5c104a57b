import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { killNights } from './kill-nights.ts';

describe('the nights that close a month, killed with SIGKILL at random', () => {
  it('have the invoices and settlements of an undisturbed twin, and their invariants hold', async () => {
    const { settlements, brokenInvariants } = await killNights({
      kills: 5,
      seed: 1,
      lines: 18,
      chargesOfLine: 3,
    });
    assert.ok(settlements >= 3, 'each company is settled for the month');
    assert.deepEqual(brokenInvariants, []);
  });

  it('are finished with the same result by the one of three processes that is not killed', async () => {
    const { settlements, brokenInvariants } = await killNights({
      kills: 4,
      together: 3,
      seed: 1,
      lines: 18,
      chargesOfLine: 3,
    });
    assert.ok(settlements >= 3, 'each company is settled for the month');
    assert.deepEqual(brokenInvariants, []);
  });
});
