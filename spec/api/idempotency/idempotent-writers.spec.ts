import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ApiResponse } from '../../../src/api/idempotency/response.ts';
import type { IdempotentRequest, IdempotentWork } from '../../../src/api/idempotency/idempotent-attempt.ts';
import { createBatchedWriter, createWriter } from '../../../src/api/idempotency/idempotent-writers.ts';
import { storeIdempotencyRecords } from '../../../src/api/idempotency/idempotency-records.ts';
import { recordAudit } from '../../../src/access/audit/record-audit.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { Problem } from '../../../src/shared/problem.ts';
import { countRows, createApiWorld, type ApiWorld } from '../../support/api-world.ts';
import { makeConsent, makeLine, makeSubscriber } from '../../support/factories.ts';

const created = (text: string): ApiResponse => ({ status: 201, text });

const told = (outcomes: Awaited<ReturnType<ReturnType<typeof createBatchedWriter>>>) =>
  outcomes.map((o) =>
    o.status === 'fulfilled'
      ? `${o.value.response.text}${o.value.replayed ? ' again' : ''}`
      : o.reason.message,
  );

const decided = (responses: readonly (ApiResponse | Problem)[]) => ({ responses, persist: [] });

/** Does all of it, unless something is at fault that nobody foresaw. */
const createAll: IdempotentWork<string> = async (_tx, inputs) => {
  if (inputs.includes('fault')) throw new Error('unforeseen');
  return decided(inputs.map(created));
};

/** Leaves a row of the audit trail for what it takes. */
const createAndTell: IdempotentWork<string> = async (tx, inputs) => {
  await recordAudit(tx, { actor: 'cli', action: 'test.take', subject: inputs.join('+') });
  return decided(inputs.map(created));
};

const use = (consent: string, amount: number) => ({
  consent,
  amount,
  tax_code: 'standard',
  description: 'x',
});
const post = (api: ApiWorld['api'], body: object) => api.post('/v1/usage-charges', body);

describe('effects of requests that come together', () => {
  let world: ApiWorld;
  before(async () => {
    world = await createApiWorld();
  });
  after(() => world.close());

  let made = 0;
  const effectOf = (input: string) => ({
    request: { companyId: 1, keyHash: String((made += 1)).padStart(64, '0'), requestHash: 'a'.repeat(64) },
    input,
    renderRefusal: (problem: Problem): ApiResponse => ({ status: problem.status, text: problem.code }),
  });
  const take = (effects: readonly IdempotentRequest<string>[], work: IdempotentWork<string>) =>
    createBatchedWriter(world.deps, work)(effects);
  const countStored = () => countRows(world.deps, 'idempotency_key');

  it('are remembered with one transaction, refusals too, except those for now only', async () => {
    const calls: (readonly string[])[] = [];
    const work: IdempotentWork<string> = (_tx, inputs) => {
      calls.push(inputs);
      return Promise.resolve(
        decided(
          inputs.map((input) => {
            if (input === 'refused') return new Problem('limit-exceeded');
            return input === 'down' ? new Problem('service-unavailable') : created(input);
          }),
        ),
      );
    };
    const effects = ['x', 'refused', 'down', 'y'].map(effectOf);
    const before = await countStored();
    const executeBatch = createBatchedWriter(world.deps, work);
    const first = told(await executeBatch(effects));
    assert.deepEqual(first, ['x', 'limit-exceeded', new Problem('service-unavailable').message, 'y']);
    assert.equal((await countStored()) - before, 3);
    const again = async () => told(await executeBatch(effects)).toSpliced(2, 1);
    assert.deepEqual(await again(), ['x again', 'limit-exceeded again', 'y again']);
    const all = ['x', 'refused', 'down', 'y'];
    assert.deepEqual(calls, [all, all, ['down']]);
    // Once some were sent again, keys are looked up before the work.
    assert.deepEqual(await again(), ['x again', 'limit-exceeded again', 'y again']);
    assert.deepEqual(calls.slice(3), [['down']]);
    assert.equal((await countStored()) - before, 3);
  });

  it('of some that were answered before leave nothing of a try that took them for new', async () => {
    const [x, y] = ['x', 'y'].map(effectOf);
    await take([x!], createAndTell);
    assert.deepEqual(told(await take([x!, y!], createAndTell)), ['x again', 'y']);
    const rows = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('subject')
      .where('action', '=', 'test.take')
      .orderBy('id')
      .execute();
    assert.deepEqual(
      rows.map(({ subject }) => subject),
      ['x', 'y'],
    );
  });

  it('are tried alone when they fail together, so that the one at fault fails alone', async () => {
    const outcomes = await take(['x', 'fault', 'y'].map(effectOf), createAll);
    assert.deepEqual(told(outcomes), ['x', 'unforeseen', 'y']);
  });

  it('do not wait again and again for a lock that only one of them needs', async () => {
    const calls: string[] = [];
    const work: IdempotentWork<string> = async (_tx, inputs) => {
      calls.push(inputs.join('+'));
      if (!inputs.includes('held')) return decided(inputs.map(created));
      throw Object.assign(new Error('lock wait timeout'), { errno: 1205 });
    };
    const outcomes = await take(['x', 'held', 'y'].map(effectOf), work);
    assert.deepEqual(told(outcomes), ['x', 'lock wait timeout', 'y']);
    const count = (call: string) => calls.filter((made) => made === call).length;
    assert.deepEqual([count('x+held+y'), count('x'), count('y')], [2, 1, 1]);
    assert.ok(count('held') > 2);
  });

  it('give the response of another process that was first, and do the rest once', async () => {
    const effects = ['x', 'y'].map(effectOf);
    let attempts = 0;
    const work: IdempotentWork<string> = async (_tx, inputs) => {
      attempts += 1;
      if (attempts === 1)
        await inTransaction({ ...world.deps, em: world.deps.orm.em.fork() }, (other) =>
          storeIdempotencyRecords(other, [[effects[0]!.request, created('theirs')]]),
        );
      return decided(inputs.map(created));
    };
    const before = await countStored();
    assert.deepEqual(told(await take(effects, work)), ['theirs again', 'y']);
    assert.deepEqual([attempts, (await countStored()) - before], [2, 2]);
  });

  it('refuse a key that belongs to another request, and execute the others', async () => {
    const [x, y] = ['x', 'y'].map(effectOf);
    await take([x!], createAll);
    const other = { ...x!, request: { ...x!.request, requestHash: 'b'.repeat(64) } };
    const [reused, done] = await take([other, y!], createAll);
    assert.ok(reused?.status === 'rejected' && reused.reason.code === 'idempotency-key-reused');
    assert.ok(done?.status === 'fulfilled' && !done.value.replayed);
  });

  it('of one that throws a refusal roll back, and the refusal is its response from then on', async () => {
    const x = effectOf('x');
    let calls = 0;
    const refuse = createWriter(world.deps, async (tx, input: string) => {
      calls += 1;
      await recordAudit(tx, { actor: 'cli', action: 'test.refused', subject: input });
      throw new Problem('limit-exceeded');
    });
    const response = { status: 422, text: 'limit-exceeded' };
    assert.deepEqual(await refuse(x), { response, replayed: false });
    assert.deepEqual(await refuse(x), { response, replayed: true });
    assert.equal(calls, 1);
    const left = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select('id')
      .where('action', '=', 'test.refused')
      .execute();
    assert.deepEqual(left, []);
  });

  it('of one that fails for now are not stored, and it is executed again', async () => {
    const x = effectOf('x');
    let calls = 0;
    const write = createWriter(world.deps, async (_tx, input: string) => {
      calls += 1;
      if (calls === 1) throw new Problem('service-unavailable');
      return created(input);
    });
    await assert.rejects(write(x), { code: 'service-unavailable' });
    assert.deepEqual(await write(x), { response: created('x'), replayed: false });
  });

  it('charge each once, of several companies, and leave the refused ones alone', async () => {
    const { deps, sale } = world;
    const consents = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const { lineId } = await makeLine(deps);
        const { id: subscriberId } = await makeSubscriber(deps, { lineId });
        const of = { companyId: sale.company.id, serviceId: sale.service.id, subscriberId, lineId };
        return `cs_${(await makeConsent(deps, of)).id}`;
      }),
    );
    const before = await countRows(deps, 'charge');
    const replies = await Promise.all(
      consents.flatMap((consent) => [
        post(world.api, use(consent, 6_000)),
        post(world.other, use(consent, 100)),
        post(world.api, use(consent, 6_000)),
        post(world.api, use(consent, 20_000)),
        post(world.api, use(consent, 0)),
      ]),
    );
    const codes = replies.map(({ status, body }) => (status === 201 ? 'captured' : String(body['code'])));
    for (let index = 0; index < codes.length; index += 5) {
      const [first, foreign, second, above, wrong] = codes.slice(index, index + 5);
      // Whichever of the two came first: the line has room for one.
      assert.deepEqual(new Set([first, second]), new Set(['captured', 'limit-exceeded']));
      assert.deepEqual(
        [foreign, above, wrong],
        ['consent-not-found', 'amount-above-contract', 'invalid-request'],
      );
    }
    assert.equal((await countRows(deps, 'charge')) - before, consents.length);
  });
});
