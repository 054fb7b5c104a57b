import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiContext, ApiStep } from '../../src/api/api-context.ts';
import { rateLimit } from '../../src/api/rate-limit.ts';
import { Problem } from '../../src/shared/problem.ts';

/** Passes a step for one company, and returns the headers; the step touches nothing else of the context. */
async function pass(step: ApiStep, companyId: number, headers = new Headers()): Promise<Headers> {
  const set = (name: string, value: string) => headers.set(name, value);
  const ctx = { state: { company: { id: companyId, code: '' } }, set } as unknown as ApiContext;
  await step(ctx, () => Promise.resolve());
  return headers;
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

  it('says with every response what is left, and with a refusal when the next request is accepted', async () => {
    const step = rateLimit({ perSecond: 0.5, burst: 2 });
    const first = await pass(step, 1);
    assert.deepEqual(
      [first.get('RateLimit-Policy'), first.get('RateLimit')],
      ['"company";q=2;w=4', '"company";r=1;t=2'],
    );
    await pass(step, 1);
    const refused = new Headers();
    await assert.rejects(pass(step, 1, refused), Problem);
    assert.equal(refused.get('RateLimit'), '"company";r=0;t=2');
  });
});
