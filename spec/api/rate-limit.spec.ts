import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiContext, ApiStep } from '../../src/api/api-context.ts';
import { rateLimit } from '../../src/api/rate-limit.ts';
import { Problem } from '../../src/shared/problem.ts';

/** Passes a step for one company; the step touches nothing else of the context. */
function pass(step: ApiStep, companyId: number): Promise<unknown> {
  const ctx = { state: { company: { id: companyId, code: '' } } } as unknown as ApiContext;
  return step(ctx, () => Promise.resolve()) as Promise<unknown>;
}

describe('the rate limit', () => {
  it('stops the company that sends too much, with the time to wait, and no other', async () => {
    const step = rateLimit({ perSecond: 0.5, burst: 2 });
    await pass(step, 1);
    await pass(step, 1);
    await assert.rejects(pass(step, 1), (error) => {
      assert.ok(error instanceof Problem);
      assert.deepEqual([error.code, error.facts], ['rate-limit-exceeded', { retry_after_seconds: 2 }]);
      return true;
    });
    await pass(step, 2);
  });
});
